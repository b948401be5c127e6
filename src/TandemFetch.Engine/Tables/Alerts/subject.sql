CASE
    WHEN event_id IN (4, 26) THEN concat_ws('|', 'Alert', json_extract_string(event_data, '$.alertId'))
    WHEN event_id IN (5, 28) THEN concat_ws('|', 'Alarm', json_extract_string(event_data, '$.alarmId'))
    WHEN event_id = 6 THEN concat_ws('|', 'Malfunction', json_extract_string(event_data, '$.malfId'))
    ELSE concat_ws(
        '|',
        'CgmAlert',
        CASE json_extract_string(event_data, '$.sensorType')
            WHEN 'CGM_TYPE_DEXCOM_G6' THEN 'G6'
            WHEN 'CGM_TYPE_DEXCOM_G7' THEN 'G7'
            WHEN 'CGM_TYPE_LIBRE2' THEN 'Libre 2'
            WHEN 'CGM_TYPE_LIBRE3' THEN 'Libre 3'
            ELSE json_extract_string(event_data, '$.sensorType')
        END,
        json_extract_string(event_data, '$.dalertId'))
END
