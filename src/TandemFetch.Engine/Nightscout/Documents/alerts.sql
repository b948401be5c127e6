-- Alerts, alarms, malfunctions and sensor alerts, without reminders that the pump is still suspended; while one stands,
-- without its duration.
SELECT
    pump,
    time_zone,
    log_position,
    epoch_ms(timestamp) AS time_ms,
    kind AS alert_kind,
    alert,
    sensor,
    epoch_ms(timestamp) + duration_seconds * 1000 AS until_ms,
    round(duration_seconds / 60, 3)::DECIMAL(12, 3) AS duration
FROM alerts
JOIN nightscout_pumps USING (device_assignment_id)
WHERE NOT reminder
