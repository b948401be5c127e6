SELECT id, device_assignment_id, timestamp, pump_time, kind, alert, sensor, reminder, acknowledged, acknowledged_by,
    cleared, duration_seconds
FROM alerts
