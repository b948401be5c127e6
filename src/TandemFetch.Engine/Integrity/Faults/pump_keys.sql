-- A pump is in pumps only once.
SELECT device_assignment_id AS key
FROM pumps
GROUP BY device_assignment_id
HAVING count(*) > 1
