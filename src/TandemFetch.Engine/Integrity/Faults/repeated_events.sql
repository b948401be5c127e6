-- No event of an older key of a pump is also one of a newer key.
SELECT DISTINCT concat_ws(' ', older.device_assignment_id, older.log_position) AS key
FROM repeated_raw AS repeated
JOIN events AS older ON older.id = repeated.id
JOIN events AS newer ON newer.id = repeated.repeated_by
