-- The readings that all measures rest on, each with the time that it stands for. Sources: weighing by time as in the
-- consensus of 2019 ("time in range"); the intervals of the sensors, 1, 5 or 15 minutes, from the log itself.
--
-- Which interval a sensor has is decided by the steps between its readings in the hour of a reading and those before
-- and after it: most steps win, and of as many the shorter one. A step that could be two of one kind or a part of
-- another does not count. Readings of one moment count once. A reading stands for the interval of its sensor, but not
-- beyond the next reading where that comes clearly earlier: a second sensor adds no second time.
CREATE OR REPLACE TEMP TABLE analysis_readings AS
WITH log AS (
    -- Numbers in place of texts: years of readings are sorted by them.
    SELECT device, sensor, row_number() OVER (ORDER BY device, sensor)::SMALLINT AS log
    FROM (
        SELECT DISTINCT device_assignment_id AS device, sensor
        FROM cgm_readings
        WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
          AND ($sensor::VARCHAR IS NULL OR sensor = $sensor))
), reading AS (
    SELECT
        epoch_us(reading.timestamp) AS moment,
        log.log,
        reading.glucose,
        (log.log::HUGEINT << 64) + reading.log_position AS place
    FROM cgm_readings AS reading
    JOIN log ON log.device = reading.device_assignment_id AND log.sensor = reading.sensor
    WHERE reading.timestamp >= make_timestamptz($from - 3 * hour_us())
      AND reading.timestamp < make_timestamptz($until + 2 * hour_us())
), stepped AS (
    SELECT
        log,
        moment,
        CASE WHEN lag(log) OVER in_order = log THEN moment - lag(moment) OVER in_order END AS step
    FROM reading
    WINDOW in_order AS (ORDER BY log, moment)
), counted AS (
    SELECT
        log,
        moment // hour_us() AS hour,
        count(*) FILTER (step >= 0.5 * minute_us() AND step < 3 * minute_us()) AS ones,
        count(*) FILTER (step >= 3 * minute_us() AND step < 7.5 * minute_us()) AS fives,
        count(*) FILTER (step >= 12.5 * minute_us() AND step < 17.5 * minute_us()) AS fifteens
    FROM stepped
    GROUP BY ALL
), around AS (
    SELECT log, hour + shift AS hour, sum(ones) AS ones, sum(fives) AS fives, sum(fifteens) AS fifteens
    FROM counted
    CROSS JOIN unnest([-1, 0, 1]) AS near(shift)
    GROUP BY ALL
), paced AS (
    SELECT
        log,
        hour,
        CASE
            WHEN ones + fives + fifteens = 0 THEN usual_interval()
            WHEN ones >= fives AND ones >= fifteens THEN minute_us()
            WHEN fives >= fifteens THEN 5 * minute_us()
            ELSE 15 * minute_us()
        END::BIGINT AS pace
    FROM around
), once AS (
    SELECT moment, arg_min(glucose, place) AS glucose, arg_min(log, place) AS log
    FROM reading
    GROUP BY moment
), weighed AS (
    SELECT
        once.moment,
        once.glucose,
        paced.pace,
        lead(once.moment) OVER (ORDER BY once.moment) - once.moment AS until_next
    FROM once
    JOIN paced ON paced.log = once.log AND paced.hour = once.moment // hour_us()
)
SELECT
    moment,
    glucose,
    pace,
    CASE WHEN until_next < 0.8 * pace THEN until_next ELSE pace END AS stands,
    make_timestamp(moment + ahead_at(moment)) AS local_time
FROM weighed
WHERE moment >= $from AND moment < $until;
