-- When the newest reading or bolus of the pumps of an analysis is of, microseconds since 1970 UTC; null for none.
SELECT epoch_us(max(timestamp)) AS newest
FROM (
    SELECT device_assignment_id, timestamp FROM cgm_readings
    UNION ALL
    SELECT device_assignment_id, timestamp FROM boluses
)
WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
    AND isfinite(timestamp)
