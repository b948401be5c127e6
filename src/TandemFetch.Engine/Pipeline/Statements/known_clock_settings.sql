-- All settings of the clock of pump $1.
SELECT sequence_group, sequence_number, revision, event_code, pump_time, raw_event_data, envelope
FROM raw_events
WHERE id IN (SELECT raw_events_id FROM bookkeeping.clock_changes WHERE device_assignment_id = $1)
