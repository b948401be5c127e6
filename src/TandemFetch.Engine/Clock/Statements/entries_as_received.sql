-- The raw entries of pump $1 with ids from $2 up to but not including $3, in order of arrival.
SELECT (sequence_group << 32) | sequence_number AS log_position, pump_time, revision, event_code
FROM raw_events
WHERE device_assignment_id = $1
  AND id >= $2
  AND id < $3
