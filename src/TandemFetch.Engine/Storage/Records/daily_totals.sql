SELECT day, device_assignment_id, timestamp, basal_units, basal_seconds, bolus_units, boluses, carbs, cgm_readings
FROM (SELECT *, device_assignment_id AS id FROM daily_totals)
