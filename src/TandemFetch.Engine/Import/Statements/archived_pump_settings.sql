-- Versions of the settings that are not in the file yet.
INSERT INTO pump_settings BY NAME
SELECT device_assignment_id, timestamp, settings_hash, settings
FROM (
    SELECT
        id::BIGINT AS version,
        device_assignment_id,
        timestamp::TIMESTAMPTZ AS timestamp,
        settings_hash,
        settings
    FROM {source}) AS archived
WHERE NOT EXISTS (
    FROM pump_settings AS known
    WHERE known.device_assignment_id = archived.device_assignment_id
      AND known.settings_hash = archived.settings_hash
      AND known.timestamp IS NOT DISTINCT FROM archived.timestamp)
ORDER BY version;
