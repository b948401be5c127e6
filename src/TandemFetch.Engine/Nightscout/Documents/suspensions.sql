-- Suspensions of all insulin; while one lasts, without its duration. The basal rate of 0 is a document of its own.
SELECT
    pump,
    time_zone,
    log_position,
    epoch_ms(timestamp) AS time_ms,
    reason,
    epoch_ms(timestamp) + duration_seconds * 1000 AS until_ms,
    round(duration_seconds / 60, 3)::DECIMAL(12, 3) AS duration
FROM suspensions
JOIN nightscout_pumps USING (device_assignment_id)
