-- Readings of the glucose sensor. Nightscout shows values below 39 as errors of the sensor, so other statuses than
-- Normal, High (401) and Low (39) are sent only if their value is a glucose value. Trends are in mg/dL per minute.
SELECT
    pump,
    time_zone,
    log_position,
    epoch_ms(timestamp) AS time_ms,
    glucose,
    CASE
        WHEN rate_of_change IS NULL THEN 'NONE'
        WHEN rate_of_change > 3 THEN 'DoubleUp'
        WHEN rate_of_change > 2 THEN 'SingleUp'
        WHEN rate_of_change > 1 THEN 'FortyFiveUp'
        WHEN rate_of_change >= -1 THEN 'Flat'
        WHEN rate_of_change >= -2 THEN 'FortyFiveDown'
        WHEN rate_of_change >= -3 THEN 'SingleDown'
        ELSE 'DoubleDown'
    END AS direction
FROM cgm_readings
JOIN nightscout_pumps USING (device_assignment_id)
WHERE glucose BETWEEN 39 AND 401
