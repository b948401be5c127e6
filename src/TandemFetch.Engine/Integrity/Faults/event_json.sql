-- The data of every event is a JSON object.
SELECT concat_ws(' ', device_assignment_id, log_position) AS key
FROM events
WHERE NOT json_valid(event_data) OR left(ltrim(event_data::VARCHAR, E' \t\n\r'), 1) <> '{'
