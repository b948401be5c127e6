-- Devices that have entries but no row in pumps.
INSERT INTO pumps (device_assignment_id, time_zone)
SELECT DISTINCT device_assignment_id, $timeZone
FROM raw_events
WHERE device_assignment_id NOT IN (SELECT device_assignment_id FROM pumps)
