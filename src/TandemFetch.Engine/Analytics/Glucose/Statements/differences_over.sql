-- Differences of glucose over $lag steps, the later of both deciding the group: their deviation with n - 1 is CONGA
-- (McDonnell 2005; iglu conga), over 24 hours the mean of their sizes is MODD (Molnar 1972; iglu modd), and over one
-- step the mean of their sizes by the hour is MAG (Hermanides 2010; iglu mag).
WITH difference AS (
    SELECT later.bucket, later.glucose - earlier.glucose AS difference
    FROM analysis_grid AS later
    JOIN analysis_grid AS earlier ON earlier.slot = later.slot - $lag
)
SELECT
    bucket,
    count(*) AS pairs,
    stddev_samp(difference) AS deviation,
    favg(abs(difference)) AS mean_size
FROM difference
GROUP BY bucket;
