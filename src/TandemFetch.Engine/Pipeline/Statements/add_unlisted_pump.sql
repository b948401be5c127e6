-- Adds a pump whose entries were received in a response for pump $pump. It is assumed to be in that pump's zone until
-- another one is specified.
INSERT INTO pumps (device_assignment_id, time_zone)
SELECT $device, time_zone
FROM pumps
WHERE device_assignment_id = $pump
  AND $device NOT IN (SELECT device_assignment_id FROM pumps)
