-- Codes 256 (G6), 399 (G7), 372 (Libre 2), 480 (Libre 3). The time of a reading is when it was measured (egvTimeStamp,
-- seconds since 2008 on the pump's clock), not when it was logged. Above and below range the displayed value means
-- nothing: by convention such a reading is 401 or 39. A reading that was read live and is handed in again by a
-- backfill (within 2 minutes, same value) is one reading. Compared is true time: the wall clock repeats itself when it
-- is set back.

-- Whether a backfilled entry repeats a reading depends on entries that may arrive before or after it. So the backfilled
-- readings measured around the stretch, and the duplicates of all readings that are judged again, are judged together
-- with it.
-- A duplicate always points to a reading: to the first live one, else to the first backfilled one of the same moment.

CREATE OR REPLACE TEMP TABLE judged AS
SELECT log_position
FROM cgm_omissions
WHERE device_assignment_id = $device
  AND reading_position BETWEEN $first AND $last
  AND log_position NOT BETWEEN $first AND $last;

SET VARIABLE first_judged = (SELECT min(log_position) FROM judged);
SET VARIABLE last_judged = (SELECT max(log_position) FROM judged);

CREATE OR REPLACE TEMP TABLE measured AS
WITH entry AS (
    SELECT id, log_position, timestamp, pump_time, event_id, event_data
    FROM events
    WHERE device_assignment_id = $device
      AND log_position BETWEEN $first AND $last
      AND is_cgm_readings_entry(event_id)
    UNION ALL
    SELECT id, log_position, timestamp, pump_time, event_id, event_data
    FROM events
    WHERE device_assignment_id = $device
      AND log_position BETWEEN getvariable('first_judged') AND getvariable('last_judged')
      AND log_position IN (SELECT log_position FROM judged)
), part AS (
    SELECT
        id, log_position, timestamp, pump_time, event_id,
        json_transform(event_data, '{
            "currentGlucoseDisplayValue": "VARCHAR", "glucoseValueStatus": "VARCHAR", "egvTimeStamp": "VARCHAR",
            "rate": "VARCHAR", "cgmDataType": "VARCHAR"}') AS said
    FROM entry
), named AS (
    SELECT
        *,
        pump_clock(said.egvTimeStamp) AS measured,
        CASE said.glucoseValueStatus
            WHEN 'Precise Value' THEN 'Normal'
            WHEN 'currentGlucoseDisplayValue contains the glucose reading' THEN 'Normal'
            WHEN 'Special High' THEN 'High'
            WHEN 'The glucose reading is high, currentGlucoseDisplayValue set to 0' THEN 'High'
            WHEN 'Special Low' THEN 'Low'
            WHEN 'The glucose reading is low, currentGlucoseDisplayValue set to 0' THEN 'Low'
            WHEN 'Do Not Show, Do Not Store' THEN 'DoNotShow'
            ELSE coalesce(said.glucoseValueStatus, 'Unknown')
        END AS status,
        try_cast(said.currentGlucoseDisplayValue AS SMALLINT) AS shown
    FROM part
)
SELECT
    id,
    log_position,
    true_time_at(timestamp, pump_time, measured) AS timestamp,
    measured AS pump_time,
    CASE
        WHEN status = 'High' THEN 401
        WHEN status = 'Low' THEN 39
        WHEN status <> 'Normal' OR shown BETWEEN 40 AND 400 THEN shown
    END::SMALLINT AS glucose,
    status,
    try_cast(said.rate AS DECIMAL(5, 1)) AS rate_of_change,
    CASE event_id WHEN 256 THEN 'G6' WHEN 399 THEN 'G7' WHEN 372 THEN 'Libre 2' ELSE 'Libre 3' END AS sensor,
    coalesce(said.cgmDataType ILIKE '%backfill%', false) AS backfilled
FROM named;

-- Around the stretch, on true time; where that is unknown, on the pump's.
SET VARIABLE from_time = (SELECT make_timestamptz(min(epoch_us(timestamp)) - two_minutes_us()) FROM measured);
SET VARIABLE to_time = (SELECT make_timestamptz(max(epoch_us(timestamp)) + two_minutes_us()) FROM measured);
SET VARIABLE from_clock = (
    SELECT make_timestamp(min(epoch_us(pump_time)) - two_minutes_us())
    FROM measured
    WHERE timestamp IS NULL);
SET VARIABLE to_clock = (
    SELECT make_timestamp(max(epoch_us(pump_time)) + two_minutes_us())
    FROM measured
    WHERE timestamp IS NULL);

-- One or the other at once would have DuckDB read every reading.
CREATE OR REPLACE TEMP TABLE around AS
SELECT log_position, timestamp, backfilled
FROM cgm_readings
WHERE device_assignment_id = $device
  AND timestamp BETWEEN getvariable('from_time') AND getvariable('to_time')
  AND log_position NOT BETWEEN $first AND $last
UNION ALL
SELECT log_position, timestamp, backfilled
FROM cgm_readings
WHERE device_assignment_id = $device
  AND timestamp IS NULL
  AND pump_time BETWEEN getvariable('from_clock') AND getvariable('to_clock')
  AND log_position NOT BETWEEN $first AND $last;

INSERT INTO measured BY NAME
SELECT id, log_position, timestamp, pump_time, glucose, status, rate_of_change, sensor, backfilled
FROM cgm_readings
WHERE device_assignment_id = $device
  AND log_position IN (SELECT log_position FROM around WHERE backfilled);

DELETE FROM judged;

INSERT INTO judged BY NAME
SELECT log_position
FROM cgm_omissions
WHERE device_assignment_id = $device
  AND log_position NOT IN (SELECT log_position FROM measured)
  AND reading_position IN (SELECT log_position FROM around WHERE backfilled);

SET VARIABLE first_judged = (SELECT min(log_position) FROM judged);
SET VARIABLE last_judged = (SELECT max(log_position) FROM judged);

-- They repeat a backfilled reading to the moment and the value, whatever else they say.
INSERT INTO measured BY NAME
SELECT
    events.id,
    events.log_position,
    reading.timestamp,
    reading.pump_time,
    reading.glucose,
    reading.status,
    try_cast(json_extract_string(events.event_data, '$.rate') AS DECIMAL(5, 1)) AS rate_of_change,
    reading.sensor,
    true AS backfilled
FROM events
JOIN cgm_omissions AS omission
  ON omission.log_position = events.log_position AND omission.device_assignment_id = $device
JOIN measured AS reading ON reading.log_position = omission.reading_position
WHERE events.device_assignment_id = $device
  AND events.log_position BETWEEN getvariable('first_judged') AND getvariable('last_judged')
  AND events.log_position IN (SELECT log_position FROM judged);

INSERT INTO changed_days BY NAME
SELECT DISTINCT $device AS device_assignment_id, day_of_quarter($zone, quarter) AS day
FROM (
    SELECT quarter_of(timestamp) AS quarter
    FROM cgm_readings
    WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last
    UNION
    SELECT quarter_of(timestamp)
    FROM measured);

DELETE FROM cgm_readings
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

DELETE FROM cgm_readings
WHERE device_assignment_id = $device AND log_position IN (SELECT log_position FROM around WHERE backfilled);

DELETE FROM cgm_omissions
WHERE device_assignment_id = $device
  AND (log_position BETWEEN $first AND $last
       OR log_position IN (SELECT log_position FROM measured WHERE log_position NOT BETWEEN $first AND $last));

CREATE OR REPLACE TEMP TABLE repeated AS
WITH reading AS (
    SELECT *, clock_apart(timestamp, pump_time) AS clock
    FROM measured
    WHERE status <> 'DoNotShow' AND glucose IS NOT NULL AND pump_time IS NOT NULL
), live AS (
    SELECT log_position, clock, glucose
    FROM reading
    WHERE NOT backfilled
    UNION ALL
    SELECT cgm.log_position, clock_apart(cgm.timestamp, cgm.pump_time), cgm.glucose
    FROM cgm_readings AS cgm
    WHERE cgm.device_assignment_id = $device
      AND cgm.log_position IN (SELECT log_position FROM around WHERE NOT backfilled)
), of_live AS (
    SELECT reading.id, min(live.log_position) AS reading_position
    FROM reading
    JOIN live
      ON live.glucose = reading.glucose
     AND live.clock BETWEEN reading.clock - two_minutes_us() AND reading.clock + two_minutes_us()
    WHERE reading.backfilled
    GROUP BY reading.id
), of_backfilled AS (
    SELECT id, first_position AS reading_position
    FROM (
        SELECT id, log_position, min(log_position) OVER (PARTITION BY clock, glucose) AS first_position
        FROM reading
        WHERE backfilled)
    WHERE first_position < log_position
)
SELECT id, coalesce(of_live.reading_position, of_backfilled.reading_position) AS reading_position
FROM of_live
FULL JOIN of_backfilled USING (id);

INSERT INTO cgm_omissions BY NAME
SELECT
    measured.id AS events_id,
    $device AS device_assignment_id,
    measured.log_position,
    CASE
        WHEN measured.status = 'DoNotShow' THEN 'DoNotShow'
        WHEN measured.glucose IS NULL OR measured.pump_time IS NULL THEN 'NoValue'
        ELSE 'Duplicate'
    END AS reason,
    CASE WHEN reason = 'Duplicate' THEN repeated.reading_position END AS reading_position
FROM measured
LEFT JOIN repeated USING (id)
WHERE measured.status = 'DoNotShow'
   OR measured.glucose IS NULL
   OR measured.pump_time IS NULL
   OR repeated.id IS NOT NULL
ORDER BY measured.log_position;

INSERT INTO cgm_readings BY NAME
SELECT
    id,
    id AS events_id,
    $device AS device_assignment_id,
    log_position,
    timestamp,
    pump_time,
    glucose,
    status,
    rate_of_change,
    sensor,
    backfilled
FROM measured
WHERE status <> 'DoNotShow'
  AND glucose IS NOT NULL
  AND pump_time IS NOT NULL
  AND id NOT IN (SELECT id FROM repeated)
ORDER BY log_position;

DROP TABLE judged;
DROP TABLE measured;
DROP TABLE around;
DROP TABLE repeated;
