-- Codes 33 (cartridge), 63 (tubing) and 61 (cannula), one row per entry.

DELETE FROM site_changes
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

INSERT INTO site_changes BY NAME
WITH entry AS (
    SELECT
        *,
        json_transform(event_data, '{
            "insulinVolume": "VARCHAR", "primeSize": "VARCHAR", "completionStatus": "VARCHAR"}') AS said
    FROM bookkeeping.therapy_entries
    WHERE device_assignment_id = $device
      AND log_position BETWEEN $first AND $last
      AND is_site_changes_entry(event_id)
)
SELECT
    events_id AS id,
    events_id,
    device_assignment_id,
    log_position,
    timestamp,
    pump_time,
    CASE event_id WHEN 33 THEN 'Cartridge' WHEN 63 THEN 'Tubing' WHEN 61 THEN 'Cannula' END AS part,
    insulin(CASE event_id WHEN 33 THEN said.insulinVolume ELSE said.primeSize END) AS units,
    said.completionStatus AS status
FROM entry
ORDER BY log_position;
