-- What was received is well-formed JSON, in properties and envelope, as it was on arrival.
SELECT concat_ws(' ', device_assignment_id, sequence_group, sequence_number) AS key
FROM raw_events
WHERE NOT coalesce(json_valid(raw_event_data), true) OR NOT coalesce(json_valid(envelope), true)
