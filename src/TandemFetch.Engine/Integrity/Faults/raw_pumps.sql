-- Every pump that has raw entries has its row in pumps.
SELECT DISTINCT device_assignment_id AS key
FROM raw_events
WHERE device_assignment_id NOT IN (SELECT device_assignment_id FROM pumps)
