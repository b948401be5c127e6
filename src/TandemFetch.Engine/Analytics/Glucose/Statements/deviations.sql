-- Deviations within and between days on the grid, mg/dL, each with n - 1: of the values of a day (SDw, the mean of the
-- days), of the mean by time of the day (SDhh:mm), of the means of the days (SDdm), and of the days at one time of the
-- day (SDb, the mean of the times). Source: Rodbard 2009; iglu sd_measures.
WITH day AS (
    SELECT bucket, day, stddev_samp(glucose) AS deviation, favg(glucose) AS mean
    FROM analysis_grid
    GROUP BY ALL
), by_day AS (
    SELECT
        bucket,
        count(*) AS days,
        favg(deviation ORDER BY day) AS within_days,
        CASE WHEN count(*) > 1 THEN stddev_samp(mean ORDER BY day) END AS of_daily_means
    FROM day
    GROUP BY bucket
), clock AS (
    SELECT bucket, clock, stddev_samp(glucose) AS deviation, favg(glucose) AS mean
    FROM analysis_grid
    GROUP BY ALL
), by_clock AS (
    SELECT
        bucket,
        stddev_samp(mean ORDER BY clock) AS of_times,
        favg(deviation ORDER BY clock) AS between_days
    FROM clock
    GROUP BY bucket
)
SELECT bucket, days, within_days, of_times, of_daily_means, between_days
FROM by_day
JOIN by_clock USING (bucket);
