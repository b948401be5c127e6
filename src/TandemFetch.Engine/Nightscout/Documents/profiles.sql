-- Personal profiles, one row for each version of the settings in which they differ from the version before: other
-- settings change, too. Its key is the second of the upload that first showed it, which every file of the pump has.
WITH segment AS (
    SELECT
        pump_settings_id,
        profile_id,
        list(
            {
                'start_minute': start_minute,
                'basal_rate': basal_rate,
                'correction_factor': correction_factor,
                'carb_ratio': carb_ratio,
                'target_bg': target_bg
            }
            ORDER BY segment) AS segments
    FROM profile_segments
    GROUP BY pump_settings_id, profile_id
), version AS (
    SELECT
        device_assignment_id,
        pump_settings_id,
        min(timestamp) AS timestamp,
        to_json(list(
            {
                'profile_id': profile_id,
                'name': name,
                'active': active,
                'insulin_minutes': insulin_minutes,
                'segments': segments
            }
            ORDER BY profile_id))::VARCHAR AS profiles
    FROM profiles
    JOIN segment USING (pump_settings_id, profile_id)
    GROUP BY device_assignment_id, pump_settings_id
), changed AS (
    SELECT *, lag(profiles) OVER (PARTITION BY device_assignment_id ORDER BY pump_settings_id) AS before
    FROM version
)
SELECT
    pump,
    time_zone,
    coalesce(epoch_ms(timestamp) // 1000, pump_settings_id) AS log_position,
    epoch_ms(timestamp) AS time_ms,
    profiles
FROM changed
JOIN nightscout_pumps USING (device_assignment_id)
WHERE profiles IS DISTINCT FROM before
