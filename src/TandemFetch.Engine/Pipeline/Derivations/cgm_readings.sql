-- Codes 256 (G6), 399 (G7), 372 (Libre 2), 480 (Libre 3). The time of a reading is when it was measured (egvTimeStamp,
-- seconds since 2008 on the pump's clock), not when it was logged. Above and below range the displayed value means
-- nothing: by convention such a reading is 401 or 39. A reading that was read live and is handed in again by a
-- backfill (within 2 minutes, same value) is one reading.

-- Whether a backfilled entry repeats a reading depends on entries that may arrive before or after it. So the backfilled
-- readings measured around the stretch, and the duplicates of readings in it, are judged again together with it.

SET VARIABLE reopened = (
    SELECT list(events_id)
    FROM cgm_omissions
    WHERE device_assignment_id = $device
      AND reading_position BETWEEN $first AND $last
      AND log_position NOT BETWEEN $first AND $last);

CREATE OR REPLACE TEMP TABLE measured AS
WITH entry AS (
    SELECT id, log_position, timestamp, pump_time, event_id, event_data
    FROM events
    WHERE device_assignment_id = $device
      AND log_position BETWEEN $first AND $last
      AND event_id IN (256, 372, 399, 480)
    UNION ALL
    SELECT id, log_position, timestamp, pump_time, event_id, event_data
    FROM events
    WHERE id IN (SELECT unnest(getvariable('reopened')))
), part AS (
    SELECT
        id, log_position, timestamp, pump_time, event_id,
        json_extract_string(event_data, [
            '$.currentGlucoseDisplayValue', '$.glucoseValueStatus', '$.egvTimeStamp', '$.rate', '$.cgmDataType']) AS part
    FROM entry
), named AS (
    SELECT
        *,
        TIMESTAMP '2008-01-01' + to_seconds(try_cast(part[3] AS UINTEGER)) AS measured,
        CASE part[2]
            WHEN 'Precise Value' THEN 'Normal'
            WHEN 'currentGlucoseDisplayValue contains the glucose reading' THEN 'Normal'
            WHEN 'Special High' THEN 'High'
            WHEN 'The glucose reading is high, currentGlucoseDisplayValue set to 0' THEN 'High'
            WHEN 'Special Low' THEN 'Low'
            WHEN 'The glucose reading is low, currentGlucoseDisplayValue set to 0' THEN 'Low'
            WHEN 'Do Not Show' THEN 'DoNotShow'
            ELSE coalesce(part[2], 'Unknown')
        END AS status
    FROM part
)
SELECT
    id,
    log_position,
    timestamp + (measured - pump_time) AS timestamp,
    measured AS pump_time,
    CASE status WHEN 'High' THEN 401 WHEN 'Low' THEN 39 ELSE try_cast(part[1] AS SMALLINT) END::SMALLINT AS glucose,
    status,
    try_cast(part[4] AS DECIMAL(5, 1)) AS rate_of_change,
    CASE event_id WHEN 256 THEN 'G6' WHEN 399 THEN 'G7' WHEN 372 THEN 'Libre 2' ELSE 'Libre 3' END AS sensor,
    coalesce(part[5] ILIKE '%backfill%', false) AS backfilled
FROM named;

SET VARIABLE from_time = (SELECT min(pump_time) - INTERVAL 2 MINUTE FROM measured);
SET VARIABLE to_time = (SELECT max(pump_time) + INTERVAL 2 MINUTE FROM measured);

DELETE FROM cgm_readings
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

INSERT INTO measured
SELECT id, log_position, timestamp, pump_time, glucose, status, rate_of_change, sensor, backfilled
FROM cgm_readings
WHERE device_assignment_id = $device
  AND backfilled
  AND pump_time BETWEEN getvariable('from_time') AND getvariable('to_time');

DELETE FROM cgm_readings
WHERE device_assignment_id = $device
  AND backfilled
  AND pump_time BETWEEN getvariable('from_time') AND getvariable('to_time');

DELETE FROM cgm_omissions
WHERE device_assignment_id = $device
  AND (log_position BETWEEN $first AND $last OR list_contains(getvariable('reopened'), events_id));

CREATE OR REPLACE TEMP TABLE repeated AS
WITH live AS (
    SELECT log_position, pump_time, glucose
    FROM measured
    WHERE NOT backfilled AND status <> 'DoNotShow'
    UNION ALL
    SELECT log_position, pump_time, glucose
    FROM cgm_readings
    WHERE device_assignment_id = $device
      AND NOT backfilled
      AND pump_time BETWEEN getvariable('from_time') AND getvariable('to_time')
), repeats AS (
    SELECT measured.id, live.log_position AS reading_position
    FROM measured
    JOIN live
      ON live.glucose = measured.glucose
     AND live.pump_time BETWEEN measured.pump_time - INTERVAL 2 MINUTE AND measured.pump_time + INTERVAL 2 MINUTE
    WHERE measured.backfilled
    UNION ALL
    SELECT measured.id, earlier.log_position
    FROM measured
    JOIN measured AS earlier
      ON earlier.glucose = measured.glucose
     AND earlier.pump_time = measured.pump_time
     AND earlier.log_position < measured.log_position
    WHERE measured.backfilled AND earlier.backfilled
)
SELECT id, min(reading_position) AS reading_position
FROM repeats
GROUP BY id;

INSERT INTO cgm_omissions
SELECT
    measured.id,
    $device,
    measured.log_position,
    CASE
        WHEN measured.status = 'DoNotShow' THEN 'DoNotShow'
        WHEN measured.glucose IS NULL OR measured.pump_time IS NULL THEN 'NoValue'
        ELSE 'Duplicate'
    END AS reason,
    CASE WHEN reason = 'Duplicate' THEN repeated.reading_position END
FROM measured
LEFT JOIN repeated USING (id)
WHERE measured.status = 'DoNotShow'
   OR measured.glucose IS NULL
   OR measured.pump_time IS NULL
   OR repeated.id IS NOT NULL
ORDER BY measured.log_position;

INSERT INTO cgm_readings
SELECT
    id, id, $device, log_position, timestamp, pump_time, glucose, status, rate_of_change, sensor, backfilled
FROM measured
WHERE status <> 'DoNotShow'
  AND glucose IS NOT NULL
  AND pump_time IS NOT NULL
  AND id NOT IN (SELECT id FROM repeated)
ORDER BY log_position;

DROP TABLE measured;
DROP TABLE repeated;
