-- Modes and suspensions of the pumps, microseconds since 1970 UTC.
SELECT
    'mode' AS of_table,
    mode AS what,
    epoch_us(timestamp) AS began,
    epoch_us(ended) AS ended
FROM user_modes
WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
  AND timestamp IS NOT NULL
UNION ALL
SELECT
    'suspension' AS of_table,
    NULL AS what,
    epoch_us(timestamp) AS began,
    epoch_us(ended) AS ended
FROM suspensions
WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
  AND timestamp IS NOT NULL
