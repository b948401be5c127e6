-- Lists again which raw entries of the pump $device set its clock.
DELETE FROM bookkeeping.clock_changes WHERE device_assignment_id = $device;

INSERT INTO bookkeeping.clock_changes BY NAME
SELECT device_assignment_id, id AS raw_events_id
FROM raw_events
WHERE device_assignment_id = $device AND event_code IN (13, 14)
ORDER BY id
