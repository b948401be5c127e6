-- Code 16, one row per entry.

DELETE FROM bg_readings
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

INSERT INTO bg_readings BY NAME
WITH entry AS (
    SELECT
        *,
        json_transform(event_data, '{
            "bg": "VARCHAR", "bgEntryType": "VARCHAR", "bgSourceType": "VARCHAR", "cgmCalibration": "VARCHAR",
            "iob": "VARCHAR", "isf": "VARCHAR", "targetBg": "VARCHAR"}') AS said
    FROM bookkeeping.therapy_entries
    WHERE device_assignment_id = $device
      AND log_position BETWEEN $first AND $last
      AND is_bg_readings_entry(event_id)
)
SELECT
    events_id AS id,
    events_id,
    device_assignment_id,
    log_position,
    timestamp,
    pump_time,
    nullif(try_cast(said.bg AS INTEGER), 0) AS glucose,
    CASE said.bgEntryType
        WHEN 'Manual Entry by the User via Numpad' THEN false
        WHEN 'Auto Populated BG using CGM' THEN true
    END AS from_cgm,
    CASE said.bgSourceType
        WHEN 'Local Pump entry' THEN false
        WHEN 'Remote entry' THEN true
    END AS entered_remotely,
    CASE said.cgmCalibration
        WHEN 'No, it was not used to Calibrate.' THEN false
        WHEN 'Yes, it was used to calibrate.' THEN true
    END AS calibration,
    insulin(said.iob) AS iob,
    try_cast(said.isf AS INTEGER) AS correction_factor,
    try_cast(said.targetBg AS INTEGER) AS target_bg
FROM entry
ORDER BY log_position;
