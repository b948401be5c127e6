-- The rare entries that other tables join to rows, each with what it is about. This runs before all other derivations.

DELETE FROM therapy_entries
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

INSERT INTO therapy_entries
WITH entry AS (
    SELECT
        id, log_position, timestamp, pump_time, event_id, event_data,
        json_extract_string(event_data, '$.sensorType') AS sensor_type,
        json_extract_string(event_data, '$.dalertId') AS sensor_alert
    FROM events
    WHERE device_assignment_id = $device
      AND log_position BETWEEN $first AND $last
      AND event_id IN (
          4, 26, 5, 28, 6, 171, 172, 369, 370, 371, 460, 461,  -- alerts
          11, 12,                                              -- suspensions
          16,                                                  -- finger sticks
          33, 61, 63,                                          -- site changes
          20, 21, 55, 59, 64, 65, 66, 280,                     -- boluses
          212, 213, 214, 394, 404, 405, 406, 447, 477, 486,    -- sensor sessions
          229)                                                 -- user modes
), about AS (
    SELECT
        *,
        CASE sensor_type
            WHEN 'CGM_TYPE_DEXCOM_G6' THEN 'G6'
            WHEN 'CGM_TYPE_DEXCOM_G7' THEN 'G7'
            WHEN 'CGM_TYPE_LIBRE2' THEN 'Libre 2'
            ELSE sensor_type
        END AS sensor
    FROM entry
)
SELECT
    id, $device, log_position, timestamp, pump_time, event_id,
    CASE
        WHEN event_id IN (20, 21, 55, 59, 64, 65, 66, 280) THEN json_extract_string(event_data, '$.bolusId')
        WHEN event_id IN (4, 26) THEN concat_ws('|', 'Alert', json_extract_string(event_data, '$.alertId'))
        WHEN event_id IN (5, 28) THEN concat_ws('|', 'Alarm', json_extract_string(event_data, '$.alarmId'))
        WHEN event_id = 6 THEN concat_ws('|', 'Malfunction', json_extract_string(event_data, '$.malfId'))
        WHEN event_id IN (171, 172, 369, 370, 371, 460, 461) THEN concat_ws('|', 'CgmAlert', sensor, sensor_alert)
    END,
    event_data
FROM about
ORDER BY log_position;
