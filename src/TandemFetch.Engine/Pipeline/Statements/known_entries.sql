-- Entries of pump $1 with sequence numbers from $2 to $3.
SELECT sequence_group, sequence_number, revision, event_code, pump_time, raw_event_data, envelope
FROM raw_events
WHERE device_assignment_id = $1
  AND sequence_number BETWEEN $2 AND $3
