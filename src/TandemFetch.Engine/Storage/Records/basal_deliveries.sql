SELECT id, device_assignment_id, timestamp, pump_time, ended, duration_seconds,
    rate, rate_source, profile_rate, algorithm_rate, temp_rate
FROM basal_deliveries
