-- Code 16, one row per entry.

DELETE FROM bg_readings
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

INSERT INTO bg_readings
WITH entry AS (
    SELECT
        *,
        json_extract_string(event_data, [
            '$.bg', '$.bgEntryType', '$.bgSourceType', '$.cgmCalibration', '$.iob', '$.isf', '$.targetBg']) AS part
    FROM therapy_entries
    WHERE device_assignment_id = $device
      AND log_position BETWEEN $first AND $last
      AND event_id = 16
)
SELECT
    events_id,
    events_id,
    $device,
    log_position,
    timestamp,
    pump_time,
    nullif(try_cast(part[1] AS INTEGER), 0),
    CASE part[2]
        WHEN 'Manual Entry by the User via Numpad' THEN false
        WHEN 'Auto Populated BG using Dexcom EGV' THEN true
    END,
    CASE part[3] WHEN 'Local Pump entry' THEN false WHEN 'Remote entry' THEN true END,
    CASE part[4]
        WHEN 'No, it was not used to Calibrate.' THEN false
        WHEN 'Yes, it was used to calibrate.' THEN true
    END,
    try_cast(part[5] AS DECIMAL(7, 3)),
    try_cast(part[6] AS INTEGER),
    try_cast(part[7] AS INTEGER)
FROM entry
ORDER BY log_position;
