-- The readings that all measures rest on, each with the time that it stands for. Sources: weighing by time as in the
-- consensus of 2019 ("time in range"); the intervals of the sensors, 1, 5 or 15 minutes, from the log itself.
--
-- Which interval a sensor has is decided by the steps between its readings in the hour of a reading and those before
-- and after it: most steps win, and of as many the shorter one. A step that could be two of one kind or a part of
-- another does not count. Readings of one moment count once. A reading stands for the interval of its sensor, but not
-- beyond the next reading where that comes clearly earlier: a second sensor adds no second time.
CREATE OR REPLACE TEMP TABLE analysis_readings AS
WITH reading AS (
    SELECT
        epoch_us(timestamp) AS moment,
        device_assignment_id AS device,
        sensor,
        glucose,
        log_position
    FROM cgm_readings
    WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
      AND timestamp >= make_timestamptz($from - 3 * hour_us())
      AND timestamp < make_timestamptz($until + 2 * hour_us())
      AND ($sensor::VARCHAR IS NULL OR sensor = $sensor)
), stepped AS (
    SELECT device, sensor, moment, moment - lag(moment) OVER (PARTITION BY device, sensor ORDER BY moment) AS step
    FROM reading
), counted AS (
    SELECT
        device,
        sensor,
        moment // hour_us() AS hour,
        count(*) FILTER (step >= 0.5 * minute_us() AND step < 3 * minute_us()) AS ones,
        count(*) FILTER (step >= 3 * minute_us() AND step < 7.5 * minute_us()) AS fives,
        count(*) FILTER (step >= 12.5 * minute_us() AND step < 17.5 * minute_us()) AS fifteens
    FROM stepped
    GROUP BY ALL
), around AS (
    SELECT device, sensor, hour + shift AS hour, sum(ones) AS ones, sum(fives) AS fives, sum(fifteens) AS fifteens
    FROM counted
    CROSS JOIN unnest([-1, 0, 1]) AS near(shift)
    GROUP BY ALL
), paced AS (
    SELECT
        device,
        sensor,
        hour,
        CASE
            WHEN ones + fives + fifteens = 0 THEN usual_interval()
            WHEN ones >= fives AND ones >= fifteens THEN minute_us()
            WHEN fives >= fifteens THEN 5 * minute_us()
            ELSE 15 * minute_us()
        END::BIGINT AS pace
    FROM around
), once AS (
    SELECT moment, glucose, pace
    FROM reading
    JOIN paced
        ON paced.device = reading.device
        AND paced.sensor = reading.sensor
        AND paced.hour = reading.moment // hour_us()
    QUALIFY lag(moment) OVER (ORDER BY moment, reading.device, reading.sensor, log_position) IS DISTINCT FROM moment
), weighed AS (
    SELECT moment, glucose, pace, lead(moment) OVER (ORDER BY moment) - moment AS until_next
    FROM once
)
SELECT
    weighed.moment,
    weighed.glucose,
    weighed.pace,
    CASE WHEN until_next < 0.8 * pace THEN until_next ELSE pace END AS stands,
    make_timestamp(weighed.moment + zone.ahead) AS local_time
FROM weighed
ASOF JOIN analysis_zone AS zone ON weighed.moment >= zone.starts
WHERE weighed.moment >= $from AND weighed.moment < $until
ORDER BY weighed.moment;
