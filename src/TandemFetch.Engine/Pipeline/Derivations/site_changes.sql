-- Codes 33 (cartridge), 63 (tubing) and 61 (cannula), one row per entry.

DELETE FROM site_changes
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

INSERT INTO site_changes
SELECT
    events_id,
    events_id,
    $device,
    log_position,
    timestamp,
    pump_time,
    CASE event_id WHEN 33 THEN 'Cartridge' WHEN 63 THEN 'Tubing' ELSE 'Cannula' END,
    try_cast(
        json_extract_string(event_data, CASE event_id WHEN 33 THEN '$.insulinVolume' ELSE '$.primeSize' END) AS DECIMAL(7, 3)),
    json_extract_string(event_data, '$.completionStatus')
FROM therapy_entries
WHERE device_assignment_id = $device
  AND log_position BETWEEN $first AND $last
  AND event_id IN (33, 61, 63)
ORDER BY log_position;
