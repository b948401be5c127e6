-- When the newest entry of the pumps is of, which is not before $moment; microseconds since 1970 UTC. Null where
-- there is none.
SELECT epoch_us(max(timestamp)) AS newest
FROM events
WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
  AND timestamp >= make_timestamptz($moment::BIGINT)
