-- Glucose at equal steps, by straight lines between readings that are no more than 45 minutes apart. A step counts with
-- the day and the group in which it ends: the value at midnight is the last one of a day, and the one at the midnight
-- with which the period's first day begins is none of the period's. Source: iglu CGMS2DayByDay.
CREATE OR REPLACE TEMP TABLE analysis_grid AS
WITH pair AS (
    SELECT
        moment,
        glucose,
        lead(moment) OVER (ORDER BY moment) AS next_moment,
        lead(glucose) OVER (ORDER BY moment) AS next_glucose
    FROM analysis_readings
), span AS (
    SELECT
        *,
        coalesce(next_moment - moment <= 45 * minute_us(), false) AS continues
    FROM pair
), slot AS (
    SELECT
        *,
        unnest(range(
            (moment + $step - 1) // $step,
            CASE WHEN continues THEN (next_moment + $step - 1) // $step ELSE moment // $step + 1 END)) AS slot
    FROM span
), local_slot AS (
    SELECT
        slot,
        CASE
            WHEN continues
            THEN glucose + (next_glucose - glucose) * ((slot * $step - moment)::DOUBLE / (next_moment - moment))
            ELSE glucose
        END AS glucose,
        make_timestamp(slot * $step - 1 + ahead_at(slot * $step - 1)) AS local_time
    FROM slot
)
SELECT slot, glucose, bucket_of($by, local_time) AS bucket, local_time::DATE AS day, local_time::TIME AS clock
FROM local_slot
WHERE local_time::DATE >= (SELECT min(local_time)::DATE FROM analysis_readings)
ORDER BY slot;
