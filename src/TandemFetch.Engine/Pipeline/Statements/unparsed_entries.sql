-- Raw entries of pump $1 that came after id $2, in the order in which they came.
SELECT id, sequence_group, sequence_number, revision, event_code, pump_time, raw_event_data
FROM raw_events
WHERE device_assignment_id = $1
  AND id > $2
