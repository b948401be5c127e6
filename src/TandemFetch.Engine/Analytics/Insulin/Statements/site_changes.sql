-- When the pumps' cannulas, cartridges and tubing were changed, microseconds since 1970 UTC.
SELECT
    part,
    epoch_us(timestamp) AS moment
FROM site_changes
WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
  AND timestamp IS NOT NULL
  AND coalesce(status, 'Completed') = 'Completed'
