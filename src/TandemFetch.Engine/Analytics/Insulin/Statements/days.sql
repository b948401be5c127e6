-- What each day has in the log, all pumps together: insulin and carbohydrates as in daily_totals, whose days are those
-- of the pump's zone. Modes, suspensions and automation are cut at midnight.
WITH newest AS (
    SELECT epoch_us(max(timestamp)) AS moment
    FROM events
    WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
), total AS (
    SELECT
        day,
        sum(basal_units) AS basal_units,
        sum(basal_seconds) AS basal_seconds,
        sum(bolus_units) AS bolus_units,
        sum(carbs) AS carbs
    FROM daily_totals
    WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
    GROUP BY day
), bolus AS (
    SELECT
        day.day,
        count(*) FILTER (delivered > 0 AND NOT is_automatic(kind, source)) AS user_boluses,
        count(*) FILTER (delivered > 0 AND is_automatic(kind, source)) AS automatic_boluses,
        coalesce(sum(delivered) FILTER (is_automatic(kind, source)), 0) AS automatic_units,
        count(*) FILTER (requested_correction > 0 AND NOT is_automatic(kind, source)) AS corrections,
        count(*) FILTER (kind = 'Extended') AS extended,
        count(*) FILTER (overridden AND NOT is_automatic(kind, source)) AS overridden,
        count(*) FILTER (status <> 'Completed') AS interrupted,
        count(*) FILTER (carbs > 0) AS meals
    FROM boluses
    JOIN analysis_days AS day ON day.number = day_number(epoch_us(timestamp))
    WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
    GROUP BY day.day
), extent AS (
    SELECT min(begins) AS first_moment, max(ends) - 1 AS last_moment
    FROM analysis_days
), stretch AS (
    SELECT
        'basal' AS of_table,
        rate_source AS what,
        epoch_us(timestamp) AS began,
        coalesce(epoch_us(ended), newest.moment) AS finished
    FROM basal_deliveries
    CROSS JOIN newest
    WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
    UNION ALL
    SELECT 'mode', mode, epoch_us(timestamp), coalesce(epoch_us(ended), newest.moment)
    FROM user_modes
    CROSS JOIN newest
    WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
    UNION ALL
    SELECT 'suspension', NULL, epoch_us(timestamp), coalesce(epoch_us(ended), newest.moment)
    FROM suspensions
    CROSS JOIN newest
    WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
), numbered AS (
    SELECT
        stretch.*,
        day_number(greatest(began, extent.first_moment)) AS first_number,
        day_number(least(finished, extent.last_moment)) AS last_number
    FROM stretch
    CROSS JOIN extent
    WHERE began <= extent.last_moment AND finished > extent.first_moment
), day_of_stretch AS (
    -- Most of hundreds of thousands of deliveries end on the day on which they begin.
    SELECT of_table, what, began, finished, first_number AS number
    FROM numbered
    UNION ALL
    SELECT of_table, what, began, finished, unnest(range(first_number + 1, last_number + 1))
    FROM numbered
    WHERE last_number > first_number
), part AS (
    SELECT day.day, of_table, what, sum(overlap(began, finished, day.begins, day.ends)) AS length
    FROM day_of_stretch
    JOIN analysis_days AS day USING (number)
    GROUP BY ALL
), duration AS (
    SELECT
        day,
        sum(length) FILTER (of_table = 'basal' AND what ILIKE '%Algorithm%') AS automated,
        sum(length) FILTER (of_table = 'basal' AND what IS NOT NULL) AS commanded,
        sum(length) FILTER (of_table = 'mode' AND what = 'Sleeping') AS sleep,
        sum(length) FILTER (of_table = 'mode' AND what = 'Exercising') AS exercise,
        sum(length) FILTER (of_table = 'suspension') AS suspended
    FROM part
    GROUP BY day
)
SELECT
    total.day,
    total.basal_units,
    total.basal_seconds::BIGINT AS basal_seconds,
    total.bolus_units,
    total.carbs::BIGINT AS carbs,
    coalesce(bolus.user_boluses, 0) AS user_boluses,
    coalesce(bolus.automatic_boluses, 0) AS automatic_boluses,
    coalesce(bolus.automatic_units, 0) AS automatic_units,
    coalesce(bolus.corrections, 0) AS corrections,
    coalesce(bolus.extended, 0) AS extended,
    coalesce(bolus.overridden, 0) AS overridden,
    coalesce(bolus.interrupted, 0) AS interrupted,
    coalesce(bolus.meals, 0) AS meals,
    coalesce(duration.automated, 0)::BIGINT AS automated,
    coalesce(duration.commanded, 0)::BIGINT AS commanded,
    coalesce(duration.sleep, 0)::BIGINT AS sleep,
    coalesce(duration.exercise, 0)::BIGINT AS exercise,
    coalesce(duration.suspended, 0)::BIGINT AS suspended
FROM analysis_days AS day
JOIN total USING (day)
LEFT JOIN bolus USING (day)
LEFT JOIN duration USING (day)
ORDER BY day.day;
