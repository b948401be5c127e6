-- Finger sticks: glucose values that the user typed in.
SELECT
    pump,
    time_zone,
    log_position,
    epoch_ms(timestamp) AS time_ms,
    glucose,
    coalesce(calibration, false) AS calibration
FROM bg_readings
JOIN nightscout_pumps USING (device_assignment_id)
WHERE glucose IS NOT NULL
  AND from_cgm IS DISTINCT FROM true
