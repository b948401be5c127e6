-- Sleep, exercise and eating soon; while a mode lasts, without its duration.
SELECT
    pump,
    time_zone,
    log_position,
    epoch_ms(timestamp) AS time_ms,
    mode,
    started_by,
    epoch_ms(timestamp) + duration_seconds * 1000 AS until_ms,
    round(duration_seconds / 60, 3)::DECIMAL(12, 3) AS duration
FROM user_modes
JOIN nightscout_pumps USING (device_assignment_id)
