-- The time of the newest of the pumps' entries from $moment on, microseconds since 1970 UTC; null if there is none.
SELECT epoch_us(max(timestamp)) AS newest
FROM analysis_entries
WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
  AND timestamp >= make_timestamptz($moment::BIGINT)
