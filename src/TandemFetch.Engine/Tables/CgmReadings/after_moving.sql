-- Readings on both sides of an end of the moved range may now have the same time.
INSERT INTO bookkeeping.underived_ranges BY NAME
SELECT $device AS device_assignment_id, last_position - days_of_log() AS first_position, last_position, table_name
FROM (
    SELECT $first AS last_position, 'cgm_readings' AS table_name
    WHERE EXISTS (FROM events WHERE device_assignment_id = $device AND log_position < $first)
    UNION ALL
    SELECT $last, 'cgm_readings'
    WHERE EXISTS (FROM events WHERE device_assignment_id = $device AND log_position > $last));
