-- Raw entries of pump $1 with ids from $2 up to and without $3, in the order in which they came.
SELECT id, sequence_group, sequence_number, revision, event_code, pump_time, raw_event_data
FROM raw_events
WHERE device_assignment_id = $1
  AND id >= $2
  AND id < $3
