-- The boluses of each day by kind and source, of which something was delivered.
SELECT
    day.day,
    kind,
    source,
    count(*) AS boluses,
    sum(delivered) AS units
FROM boluses
JOIN analysis_days AS day
  ON epoch_us(timestamp) >= day.begins
  AND epoch_us(timestamp) < day.ends
WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
  AND delivered > 0
GROUP BY ALL
ORDER BY day.day, kind, source;
