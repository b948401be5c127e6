SELECT id, device_assignment_id, timestamp, pump_time, part, units, status
FROM site_changes
