-- Mean and standard deviation, mg/dL, weighed by time; with readings of one interval these are the plain mean and the
-- deviation with n - 1. Source: consensus on CGM reporting, 2017; iglu mean_glu, sd_glu.
WITH total AS (
    SELECT
        bucket,
        sum(readings) AS readings,
        sum(stands) AS weight,
        sum(stands * glucose) AS weighted,
        sum(stands * glucose * glucose) AS squared
    FROM analysis_values
    GROUP BY bucket
)
SELECT
    bucket,
    weighted::DOUBLE / weight::DOUBLE AS mean,
    CASE
        WHEN readings > 1
        THEN sqrt((weight * squared - weighted * weighted)::DOUBLE / weight::DOUBLE / weight::DOUBLE
            * readings / (readings - 1))
    END AS standard_deviation
FROM total;
