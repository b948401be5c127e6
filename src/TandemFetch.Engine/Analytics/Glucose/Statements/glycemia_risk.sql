-- Glycemia Risk Index: 0 to 100, by its own four ranges whatever the preset. Source: Klonoff 2022; iglu gri.
SELECT
    bucket,
    least(100, 100 * (
        3.0 * coalesce(sum(stands) FILTER (glucose < 54), 0)::DOUBLE
        + 2.4 * coalesce(sum(stands) FILTER (glucose BETWEEN 54 AND 69), 0)::DOUBLE
        + 1.6 * coalesce(sum(stands) FILTER (glucose > 250), 0)::DOUBLE
        + 0.8 * coalesce(sum(stands) FILTER (glucose BETWEEN 181 AND 250), 0)::DOUBLE)
        / sum(stands)::DOUBLE) AS value
FROM analysis_values
GROUP BY bucket;
