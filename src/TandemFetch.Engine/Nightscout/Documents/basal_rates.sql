-- Basal rates: deliveries of the same rate and source that follow each other without a gap are one document, which
-- grows while the rate applies, until the day ends (UTC): a site reads only what began in the last days, so that it
-- would not know a rate that has applied for longer. The delivery that is still running is not counted. A dose is shown
-- as the rate that delivers it until the next one.
WITH delivery AS (
    SELECT
        *,
        CASE
            WHEN delivered IS NULL THEN rate
            WHEN duration_seconds > 0 THEN round(delivered * 3600 / duration_seconds, 3)
        END::DECIMAL(9, 3) AS absolute,
        coalesce(
            lag(ended_position) OVER log = log_position
            AND lag(rate) OVER log = rate
            AND lag(rate_source) OVER log IS NOT DISTINCT FROM rate_source
            AND lag(timestamp IS NULL) OVER log = (timestamp IS NULL)
            AND lag(epoch_ms(timestamp) // 86400000) OVER log IS NOT DISTINCT FROM epoch_ms(timestamp) // 86400000
            AND delivered IS NULL
            AND lag(delivered) OVER log IS NULL, false) AS continues
    FROM basal_deliveries
    WINDOW log AS (PARTITION BY device_assignment_id ORDER BY log_position)
), numbered AS (
    SELECT
        *,
        sum((NOT continues)::INTEGER) OVER (
            PARTITION BY device_assignment_id ORDER BY log_position ROWS UNBOUNDED PRECEDING) AS period
    FROM delivery
)
SELECT
    pump,
    time_zone,
    min(log_position) AS log_position,
    max(log_position) AS last_position,
    epoch_ms(max(ended)) AS last_ms,
    epoch_ms(min(timestamp)) AS time_ms,
    arg_min(absolute, log_position) AS absolute,
    round((epoch_ms(max(ended)) - epoch_ms(min(timestamp))) / 60000, 3)::DECIMAL(12, 3) AS duration,
    arg_min(rate_source, log_position) AS reason
FROM numbered
JOIN nightscout_pumps USING (device_assignment_id)
WHERE absolute IS NOT NULL
  AND (timestamp IS NULL OR ended > timestamp)
GROUP BY pump, time_zone, device_assignment_id, period
