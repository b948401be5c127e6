-- What each day has in the log, all pumps together: insulin and carbohydrates as in daily_totals, whose days are those
-- of the pump's zone, and its boluses.
WITH total AS (
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
    JOIN analysis_days AS day
      ON epoch_us(timestamp) >= day.begins
      AND epoch_us(timestamp) < day.ends
    WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
    GROUP BY day.day
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
    coalesce(bolus.meals, 0) AS meals
FROM analysis_days AS day
JOIN total USING (day)
LEFT JOIN bolus USING (day)
ORDER BY day.day;
