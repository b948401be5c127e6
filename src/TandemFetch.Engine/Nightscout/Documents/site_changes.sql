-- Cartridges, tubings and cannulas.
SELECT
    pump,
    time_zone,
    log_position,
    epoch_ms(timestamp) AS time_ms,
    part,
    units,
    status
FROM site_changes
JOIN nightscout_pumps USING (device_assignment_id)
