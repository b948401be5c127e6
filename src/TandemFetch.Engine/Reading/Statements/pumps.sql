SELECT device_assignment_id, serial_number, model_name, software_version, algorithm, time_zone,
    first_event, last_event, last_upload
FROM pumps
ORDER BY last_event DESC NULLS LAST, serial_number
