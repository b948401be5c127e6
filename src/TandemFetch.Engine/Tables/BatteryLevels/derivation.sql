-- Codes 9, 34 and 35 (status), and 81 (daily basal), in which only some pumps log the battery: one row per entry that
-- contains a percentage.

DELETE FROM battery_levels
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

INSERT INTO battery_levels BY NAME
WITH entry AS (
    SELECT
        *,
        json_transform(event_data, '{
            "abc": "VARCHAR", "batteryChargePercent": "VARCHAR", "batteryLipoMilliVolts": "VARCHAR"}') AS said
    FROM events
    WHERE device_assignment_id = $device
      AND log_position BETWEEN $first AND $last
      AND is_battery_levels_entry(event_id)
), level AS (
    SELECT
        *,
        try_cast(CASE event_id WHEN 81 THEN said.batteryChargePercent ELSE said.abc END AS INTEGER) AS charge_percent
    FROM entry
)
SELECT
    id,
    id AS events_id,
    device_assignment_id,
    log_position,
    timestamp,
    pump_time,
    charge_percent,
    CASE event_id WHEN 81 THEN try_cast(said.batteryLipoMilliVolts AS INTEGER) END AS millivolts
FROM level
WHERE charge_percent IS NOT NULL
ORDER BY log_position;
