SELECT pump_settings_id, device_assignment_id, timestamp, profile_id, name, active, insulin_minutes, max_bolus, carb_entry
FROM (SELECT *, pump_settings_id * 256 + profile_id AS id FROM profiles)
