-- A pump whose entries came along in the answer of pump $pump, and which is taken to be in its zone until somebody says better.
INSERT INTO pumps (device_assignment_id, time_zone)
SELECT $device, time_zone
FROM pumps
WHERE device_assignment_id = $pump
  AND $device NOT IN (SELECT device_assignment_id FROM pumps)
