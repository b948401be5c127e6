-- Quantiles, mg/dL, weighed by time. With readings of one interval: linear interpolation at (n - 1) p, which is R's
-- type 7, Excel's PERCENTILE.INC and DuckDB's quantile_cont. With others, reading k of n in order of its value stands
-- at (k - 1) w_k + (n - 1) (w_1 + ... + w_{k-1}), and the last one at p = 1. $thousandths lists the p, times 1000.
WITH ranked AS (
    SELECT
        bucket_of($by, local_time) AS bucket,
        glucose,
        stands::HUGEINT AS stands,
        row_number() OVER sorted AS rank,
        count(*) OVER (PARTITION BY bucket_of($by, local_time)) AS readings,
        coalesce(sum(stands) OVER (sorted ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::HUGEINT AS before
    FROM analysis_readings
    WINDOW sorted AS (PARTITION BY bucket_of($by, local_time) ORDER BY glucose, stands, moment)
), placed AS (
    SELECT bucket, glucose, rank, readings, (rank - 1) * stands + (readings - 1) * before AS place
    FROM ranked
), bounded AS (
    SELECT
        *,
        lead(place) OVER sorted AS next_place,
        lead(glucose) OVER sorted AS next_glucose,
        max(place) OVER (PARTITION BY bucket) AS last_place
    FROM placed
    WINDOW sorted AS (PARTITION BY bucket ORDER BY rank)
), wanted AS (
    SELECT unnest(string_split($thousandths, ','))::INTEGER AS thousandth
)
SELECT
    bucket,
    thousandth,
    CASE
        WHEN rank = readings THEN glucose::DOUBLE
        ELSE glucose + (next_glucose - glucose)
            * ((thousandth * last_place - 1000 * place)::DOUBLE / (1000 * (next_place - place))::DOUBLE)
    END AS value
FROM bounded
JOIN wanted
    ON thousandth * last_place >= 1000 * place
    AND (rank = readings OR thousandth * last_place < 1000 * next_place);
