SELECT id, device_assignment_id, timestamp, pump_time, glucose, status, rate_of_change, sensor, backfilled
FROM cgm_readings
