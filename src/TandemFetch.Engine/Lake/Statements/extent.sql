-- The newest log position of the session's pump under any of its keys, and the number of its entries. What two keys
-- have in common counts once, whether or not the pipeline has removed it from the older one by now.
SELECT
    coalesce(max(log_position), -1)                         AS newest,
    count(DISTINCT hash(log_position, event_id, pump_time)) AS entries
FROM events
WHERE device_assignment_id IN (SELECT source FROM lake_pumps)
