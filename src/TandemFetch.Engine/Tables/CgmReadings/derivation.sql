-- Codes 256 (G6), 399 (G7), 372 (Libre 2), 480 (Libre 3). The time of a reading is when it was measured (egvTimeStamp,
-- seconds since 2008 on the pump's clock), not when it was logged. Above and below range the displayed value has no
-- meaning: by convention, such a reading is 401 or 39. A reading that was received live and again in a backfill (within
-- 2 minutes, same value) is one reading, as is a live reading that is logged twice (same time, same value). Readings
-- are compared by true time, because a wall-clock time can occur twice.

-- Whether an entry repeats a reading depends on entries that may arrive before or after it. So the readings measured
-- around the range, and the duplicates of all readings that are evaluated again, are evaluated together with it. A
-- duplicate always refers to a reading: to the first live one, otherwise to the first backfilled one of the same time.

CREATE OR REPLACE TEMP TABLE judged AS
SELECT log_position
FROM bookkeeping.cgm_omissions
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
    SELECT *, glucose_entry(event_data) AS said
    FROM entry
)
SELECT
    id,
    log_position,
    true_time_at(part.timestamp, part.pump_time, pump_clock(said.egvTimeStamp)) AS timestamp,
    pump_clock(said.egvTimeStamp) AS pump_time,
    glucose_value(glucose_status(said), glucose_shown(said)) AS glucose,
    glucose_status(said) AS status,
    glucose_rate(said) AS rate_of_change,
    glucose_sensor(event_id) AS sensor,
    is_backfilled(said) AS backfilled
FROM part;

-- Around the range, by true time; if that is unknown, by the pump's time.
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

-- Combining the two conditions would make DuckDB read every reading.
CREATE OR REPLACE TEMP TABLE around AS
SELECT log_position
FROM cgm_readings
WHERE device_assignment_id = $device
  AND timestamp BETWEEN getvariable('from_time') AND getvariable('to_time')
  AND log_position NOT BETWEEN $first AND $last
UNION ALL
SELECT log_position
FROM cgm_readings
WHERE device_assignment_id = $device
  AND timestamp IS NULL
  AND pump_time BETWEEN getvariable('from_clock') AND getvariable('to_clock')
  AND log_position NOT BETWEEN $first AND $last;

INSERT INTO measured BY NAME
SELECT id, log_position, timestamp, pump_time, glucose, status, rate_of_change, sensor, backfilled
FROM cgm_readings
WHERE device_assignment_id = $device AND log_position IN (SELECT log_position FROM around);

DELETE FROM judged;

INSERT INTO judged BY NAME
SELECT log_position
FROM bookkeeping.cgm_omissions
WHERE device_assignment_id = $device
  AND log_position NOT IN (SELECT log_position FROM measured)
  AND reading_position IN (SELECT log_position FROM around);

SET VARIABLE first_judged = (SELECT min(log_position) FROM judged);
SET VARIABLE last_judged = (SELECT max(log_position) FROM judged);

INSERT INTO measured BY NAME
WITH part AS (
    SELECT *, glucose_entry(event_data) AS said
    FROM events
    WHERE device_assignment_id = $device
      AND log_position BETWEEN getvariable('first_judged') AND getvariable('last_judged')
      AND log_position IN (SELECT log_position FROM judged)
)
SELECT
    id,
    log_position,
    true_time_at(part.timestamp, part.pump_time, pump_clock(said.egvTimeStamp)) AS timestamp,
    pump_clock(said.egvTimeStamp) AS pump_time,
    glucose_value(glucose_status(said), glucose_shown(said)) AS glucose,
    glucose_status(said) AS status,
    glucose_rate(said) AS rate_of_change,
    glucose_sensor(event_id) AS sensor,
    is_backfilled(said) AS backfilled
FROM part;

INSERT INTO bookkeeping.changed_days BY NAME
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
WHERE device_assignment_id = $device AND log_position IN (SELECT log_position FROM around);

DELETE FROM bookkeeping.cgm_omissions
WHERE device_assignment_id = $device
  AND (log_position BETWEEN $first AND $last
       OR log_position IN (SELECT log_position FROM measured WHERE log_position NOT BETWEEN $first AND $last));

CREATE OR REPLACE TEMP TABLE repeated AS
WITH reading AS (
    SELECT *, clock_apart(timestamp, pump_time) AS clock
    FROM measured
    WHERE status <> 'DoNotShow' AND glucose IS NOT NULL AND pump_time IS NOT NULL
), of_live AS (
    SELECT reading.id, min(live.log_position) AS reading_position
    FROM reading
    JOIN (FROM reading WHERE NOT backfilled) AS live
      ON live.glucose = reading.glucose
     AND live.clock BETWEEN reading.clock - two_minutes_us() AND reading.clock + two_minutes_us()
    WHERE reading.backfilled
    GROUP BY reading.id
), of_same AS (
    SELECT id, first_position AS reading_position
    FROM (
        SELECT
            id,
            log_position,
            min(log_position) OVER (PARTITION BY clock, glucose, backfilled) AS first_position
        FROM reading)
    WHERE first_position < log_position
)
SELECT id, coalesce(of_live.reading_position, of_same.reading_position) AS reading_position
FROM of_live
FULL JOIN of_same USING (id);

INSERT INTO bookkeeping.cgm_omissions BY NAME
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
