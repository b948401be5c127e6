-- All segments of all profiles, in the order of their profiles.
SELECT pump_settings_id, profile_id, start_minute, basal_rate, correction_factor, carb_ratio, target_bg
FROM profile_segments
ORDER BY pump_settings_id, profile_id, segment
