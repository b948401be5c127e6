SELECT id, device_assignment_id, timestamp, pump_time, sensor, began_with, planned_days, rejoined, ended, ended_by,
    stop_reason, duration_seconds
FROM cgm_sessions
