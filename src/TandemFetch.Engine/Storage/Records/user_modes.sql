SELECT id, device_assignment_id, timestamp, pump_time, mode, started_by, planned_minutes, ended, duration_seconds
FROM user_modes
