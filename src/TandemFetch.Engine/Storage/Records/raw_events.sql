SELECT id, device_assignment_id, created, pump_time, sequence_group, sequence_number, revision, event_code,
    raw_event_data, envelope
FROM raw_events
