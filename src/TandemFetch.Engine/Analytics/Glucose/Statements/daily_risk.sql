-- Average daily risk range: the greatest low risk and the greatest high risk of each local day, added up, and the mean
-- of the days. Source: Kovatchev 2006, by which a day needs three readings; iglu adrr, which asks for none.
WITH day AS (
    SELECT
        bucket_of($by, local_time) AS bucket,
        local_time::DATE AS day,
        risk(greatest(0, max(risk_scale(glucose)))) + risk(least(0, min(risk_scale(glucose)))) AS risk_range
    FROM analysis_readings
    GROUP BY ALL
    HAVING count(*) >= 3
)
SELECT bucket, sum(risk_range ORDER BY day) / count(*) AS value
FROM day
GROUP BY bucket;
