-- Pump, log position, clock time and code of an event are those of its raw entry.
SELECT concat_ws(' ', events.device_assignment_id, log_position) AS key
FROM events
JOIN raw_events ON raw_events.id = events.raw_events_id
WHERE events.device_assignment_id <> raw_events.device_assignment_id
   OR log_position <> (sequence_group << 32) | sequence_number
   OR events.pump_time <> raw_events.pump_time
   OR event_id <> event_code
