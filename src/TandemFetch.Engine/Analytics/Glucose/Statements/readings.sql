-- The readings that all measures rest on, each with the time that it stands for. Sources: weighing by time as in the
-- consensus of 2019 ("time in range"); the intervals of the sensors, 1, 5 or 15 minutes, from the log itself.
--
-- Which interval a sensor has is decided by the steps between its readings within an hour of each reading: most steps
-- win, and of as many the shorter one. A step that could be two of one kind or a part of another does not count.
-- Readings of one moment count once. A reading stands for the interval of its sensor, but not beyond the next reading
-- where that comes clearly earlier: a second sensor adds no second time.
CREATE OR REPLACE TEMP TABLE analysis_readings AS
WITH reading AS (
    SELECT
        epoch_us(timestamp) AS moment,
        device_assignment_id AS device,
        sensor,
        arg_min(glucose, (log_position, glucose)) AS glucose
    FROM cgm_readings
    WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
      AND timestamp >= make_timestamptz($from - 2 * hour_us())
      AND timestamp < make_timestamptz($until + 2 * hour_us())
      AND ($sensor::VARCHAR IS NULL OR sensor = $sensor)
    GROUP BY ALL
), stepped AS (
    SELECT *, moment - lag(moment) OVER (PARTITION BY device, sensor ORDER BY moment) AS step
    FROM reading
), counted AS (
    SELECT
        *,
        count(*) FILTER (step >= 0.5 * minute_us() AND step < 3 * minute_us()) OVER around AS ones,
        count(*) FILTER (step >= 3 * minute_us() AND step < 7.5 * minute_us()) OVER around AS fives,
        count(*) FILTER (step >= 12.5 * minute_us() AND step < 17.5 * minute_us()) OVER around AS fifteens
    FROM stepped
    WINDOW around AS (
        PARTITION BY device, sensor ORDER BY moment
        RANGE BETWEEN 3600000000 PRECEDING AND 3600000000 FOLLOWING)
), paced AS (
    SELECT
        moment,
        device,
        sensor,
        glucose,
        CASE
            WHEN ones + fives + fifteens = 0 THEN usual_interval()
            WHEN ones >= fives AND ones >= fifteens THEN minute_us()
            WHEN fives >= fifteens THEN 5 * minute_us()
            ELSE 15 * minute_us()
        END::BIGINT AS pace
    FROM counted
), once AS (
    SELECT
        moment,
        arg_min(glucose, (device, sensor)) AS glucose,
        arg_min(pace, (device, sensor)) AS pace
    FROM paced
    GROUP BY moment
), weighed AS (
    SELECT
        moment,
        glucose,
        pace,
        CASE
            WHEN lead(moment) OVER (ORDER BY moment) - moment < 0.8 * pace
            THEN lead(moment) OVER (ORDER BY moment) - moment
            ELSE pace
        END AS stands
    FROM once
)
SELECT
    weighed.moment,
    weighed.glucose,
    weighed.pace,
    weighed.stands,
    make_timestamp(weighed.moment + zone.ahead) AS local_time
FROM weighed
ASOF JOIN analysis_zone AS zone ON weighed.moment >= zone.starts
WHERE weighed.moment >= $from AND weighed.moment < $until
ORDER BY weighed.moment;
