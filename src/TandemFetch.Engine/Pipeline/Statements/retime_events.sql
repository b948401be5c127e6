-- Updates the times of the events of a clock span to those that the span has now.
UPDATE events
SET timestamp = make_timestamptz(epoch_us(pump_time) - $ahead)
WHERE device_assignment_id = $device
  AND log_position BETWEEN $first AND $last
