-- Mean number of calendar days between two changes of a part, for changes on the days of the period; the last change
-- before the period is looked up. Several fillings on one day are one change. Source: Tidepool's site change interval.
WITH change AS (
    SELECT DISTINCT
        part,
        make_timestamp(epoch_us(timestamp) + ahead_at(epoch_us(timestamp)))::DATE AS day
    FROM site_changes
    WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
      AND timestamp IS NOT NULL
      AND coalesce(status, 'Completed') = 'Completed'
), interval_of_change AS (
    SELECT part, day, day - lag(day) OVER (PARTITION BY part ORDER BY day) AS days
    FROM change
)
SELECT part, avg(days) AS days
FROM interval_of_change
WHERE day IN (SELECT day FROM analysis_days)
GROUP BY part
HAVING count(days) > 0;
