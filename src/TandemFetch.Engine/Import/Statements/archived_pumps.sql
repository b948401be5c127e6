-- What an archive has on its pumps. Whichever has the later upload applies; known values are not overwritten with
-- nothing, and the zone of a pump in the file is kept.
INSERT INTO pumps BY NAME
SELECT device_assignment_id, time_zone, time_zone_set_by
FROM {source} AS archived
ANTI JOIN pumps USING (device_assignment_id);

UPDATE pumps
SET serial_number = coalesce(
        CASE WHEN newer THEN archived.serial_number END, pumps.serial_number, archived.serial_number),
    model_name = coalesce(CASE WHEN newer THEN archived.model_name END, pumps.model_name, archived.model_name),
    software_version = coalesce(
        CASE WHEN newer THEN archived.software_version END, pumps.software_version, archived.software_version),
    algorithm = coalesce(CASE WHEN newer THEN archived.algorithm END, pumps.algorithm, archived.algorithm),
    first_event = least(pumps.first_event, archived.first_event),
    last_event = CASE WHEN newer THEN archived.last_event ELSE pumps.last_event END,
    last_upload = CASE WHEN newer THEN archived.last_upload ELSE pumps.last_upload END
FROM (
    SELECT
        archive.device_assignment_id,
        archive.serial_number,
        archive.model_name,
        archive.software_version,
        archive.algorithm,
        archive.first_event::TIMESTAMP AS first_event,
        archive.last_event::TIMESTAMP AS last_event,
        archive.last_upload::TIMESTAMPTZ AS last_upload,
        known.last_upload IS NULL OR archive.last_upload::TIMESTAMPTZ > known.last_upload AS newer
    FROM {source} AS archive
    JOIN pumps AS known USING (device_assignment_id)) AS archived
WHERE archived.device_assignment_id = pumps.device_assignment_id;
