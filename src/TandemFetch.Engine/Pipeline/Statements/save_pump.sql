-- Stores what the account shows for a pump. Known values are not overwritten with nothing.
MERGE INTO pumps
USING (
    SELECT
        $AssignmentId AS device_assignment_id, $SerialNumber AS serial_number, $ModelName AS model_name, $SoftwareVersion AS software_version,
        $Algorithm AS algorithm, $timeZone AS time_zone, $FirstEvent AS first_event, $LastEvent AS last_event, $LastUpload AS last_upload) AS account
ON pumps.device_assignment_id = account.device_assignment_id
WHEN MATCHED THEN UPDATE SET
    serial_number    = coalesce(account.serial_number, pumps.serial_number),
    model_name       = coalesce(account.model_name, pumps.model_name),
    software_version = coalesce(account.software_version, pumps.software_version),
    algorithm        = coalesce(account.algorithm, pumps.algorithm),
    time_zone        = account.time_zone,
    first_event      = coalesce(account.first_event, pumps.first_event),
    last_event       = coalesce(account.last_event, pumps.last_event),
    last_upload      = coalesce(account.last_upload, pumps.last_upload)
WHEN NOT MATCHED THEN INSERT (
    device_assignment_id, serial_number, model_name, software_version, algorithm, time_zone, time_zone_set_by, first_event, last_event, last_upload)
VALUES (
    account.device_assignment_id, account.serial_number, account.model_name, account.software_version, account.algorithm,
    account.time_zone, $setBy, account.first_event, account.last_event, account.last_upload)
