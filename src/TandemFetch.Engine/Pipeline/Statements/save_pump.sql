INSERT INTO pumps (
    device_assignment_id, serial_number, model_name, software_version, algorithm, time_zone,
    first_event, last_event, last_upload)
VALUES (
    $AssignmentId, $SerialNumber, $ModelName, $SoftwareVersion, $Algorithm, $timeZone,
    $FirstEvent, $LastEvent, $LastUpload)
ON CONFLICT (device_assignment_id) DO UPDATE SET
    serial_number    = excluded.serial_number,
    model_name       = excluded.model_name,
    software_version = excluded.software_version,
    algorithm        = excluded.algorithm,
    time_zone        = excluded.time_zone,
    first_event      = excluded.first_event,
    last_event       = excluded.last_event,
    last_upload      = excluded.last_upload
