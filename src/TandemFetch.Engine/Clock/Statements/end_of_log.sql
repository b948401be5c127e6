-- The last entry in the log of the pump $device among the raw entries before $first, without settings of the clock.
SELECT (sequence_group << 32) | sequence_number AS log_position, epoch_us(pump_time) AS clock
FROM raw_events
WHERE device_assignment_id = $device
  AND id < $first
  AND event_code NOT IN (13, 14)
  AND (sequence_group << 32) | sequence_number = (
    SELECT max((sequence_group << 32) | sequence_number)
    FROM raw_events
    WHERE device_assignment_id = $device AND id < $first AND event_code NOT IN (13, 14))
ORDER BY revision DESC
LIMIT 1
