SELECT id, device_assignment_id, timestamp, pump_time, reason, insulin_remaining, ended, duration_seconds
FROM suspensions
