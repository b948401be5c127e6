-- All settings of the clock of pump $1.
SELECT sequence_group, sequence_number, revision, event_code, pump_time, raw_event_data, envelope
FROM raw_events
WHERE device_assignment_id = $1
  AND event_code IN (13, 14)
