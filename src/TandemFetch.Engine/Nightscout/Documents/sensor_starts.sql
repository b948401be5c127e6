-- Sessions of the glucose sensor begin.
SELECT
    pump,
    time_zone,
    log_position,
    epoch_ms(timestamp) AS time_ms,
    sensor,
    began_with
FROM cgm_sessions
JOIN nightscout_pumps USING (device_assignment_id)
