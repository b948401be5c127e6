-- Every log position of a pump has one event, and every event has an id of its own, which is that of its raw entry.
SELECT concat_ws(' ', device_assignment_id, log_position) AS key
FROM events
GROUP BY device_assignment_id, log_position
HAVING count(*) > 1
UNION ALL
SELECT 'id ' || id
FROM events
GROUP BY id
HAVING count(*) > 1 OR any_value(raw_events_id) <> id
