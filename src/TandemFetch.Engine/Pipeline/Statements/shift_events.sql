-- Moves the events of a range of the log by $shift microseconds.
UPDATE events
SET timestamp = make_timestamptz(epoch_us(timestamp) + $shift)
WHERE device_assignment_id = $device
  AND log_position BETWEEN $first AND $last
