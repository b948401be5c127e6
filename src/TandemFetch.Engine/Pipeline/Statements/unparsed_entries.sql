-- Raw entries of pump $1 with ids from $2 up to but not including $3, in order of arrival.
SELECT id, sequence_group, sequence_number, revision, event_code, pump_time, raw_event_data
FROM raw_events
WHERE device_assignment_id = $1
  AND id >= $2
  AND id < $3
