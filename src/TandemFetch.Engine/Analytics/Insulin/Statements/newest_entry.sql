-- When the newest entry of the pumps is of, microseconds since 1970 UTC; null where there is none.
SELECT epoch_us(max(timestamp)) AS newest
FROM events
WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
