-- Charge of the pump's battery.
SELECT
    pump,
    time_zone,
    log_position,
    epoch_ms(timestamp) AS time_ms,
    charge_percent,
    millivolts
FROM battery_levels
JOIN nightscout_pumps USING (device_assignment_id)
