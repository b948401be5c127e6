SELECT id, device_assignment_id, timestamp, pump_time, event_id, event_name, event_data, log_position
FROM events
