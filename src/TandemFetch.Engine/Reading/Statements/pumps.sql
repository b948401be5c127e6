SELECT device_assignment_id, coalesce(serial_number, device_assignment_id) AS label, model_name, software_version, algorithm, time_zone,
    first_event, last_event, last_upload
FROM pumps
ORDER BY last_event DESC NULLS LAST, serial_number
