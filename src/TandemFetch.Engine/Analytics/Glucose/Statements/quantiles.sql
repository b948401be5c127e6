-- Quantiles, mg/dL, weighed by time. With readings of one interval: linear interpolation at (n - 1) p, which is R's
-- type 7, Excel's PERCENTILE.INC and DuckDB's quantile_cont. With others, reading k of n in order of its value stands
-- at (k - 1) w_k + (n - 1) (w_1 + ... + w_{k-1}), and the last one at p = 1. Readings of one value and one weight lie
-- side by side, from first_place to last_place. $thousandths lists the p, times 1000.
WITH ranked AS (
    SELECT
        bucket,
        glucose,
        stands_each,
        readings,
        sum(readings) OVER (PARTITION BY bucket) AS all_readings,
        coalesce(sum(readings) OVER (sorted ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS rank,
        coalesce(sum(stands) OVER (sorted ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
    FROM analysis_values
    WINDOW sorted AS (PARTITION BY bucket ORDER BY glucose, stands_each)
), placed AS (
    SELECT
        bucket,
        glucose,
        stands_each,
        rank * stands_each + (all_readings - 1) * before AS first_place,
        (rank + readings - 1) * stands_each + (all_readings - 1) * (before + (readings - 1) * stands_each) AS last_place
    FROM ranked
), bounded AS (
    SELECT
        bucket,
        glucose,
        first_place,
        last_place,
        lead(first_place) OVER sorted AS next_place,
        lead(glucose) OVER sorted AS next_glucose,
        max(last_place) OVER (PARTITION BY bucket) AS end_place
    FROM placed
    WINDOW sorted AS (PARTITION BY bucket ORDER BY glucose, stands_each)
), wanted AS (
    SELECT unnest(string_split($thousandths, ','))::INTEGER AS thousandth
)
SELECT
    bucket,
    thousandth,
    CASE
        WHEN thousandth * end_place <= 1000 * last_place THEN glucose::DOUBLE
        ELSE glucose::DOUBLE + (next_glucose - glucose)::DOUBLE
            * ((thousandth * end_place - 1000 * last_place)::DOUBLE / (1000 * (next_place - last_place))::DOUBLE)
    END AS value
FROM bounded
JOIN wanted
    ON thousandth * end_place >= 1000 * first_place
    AND (next_place IS NULL OR thousandth * end_place < 1000 * next_place);
