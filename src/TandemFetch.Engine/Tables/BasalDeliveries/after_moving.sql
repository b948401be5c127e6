-- The duration of a delivery depends on the distance between two entries, so the delivery that extends across an end of
-- the moved range is derived again.
INSERT INTO bookkeeping.underived_ranges BY NAME
SELECT $device AS device_assignment_id, last_position - days_of_log() AS first_position, last_position, table_name
FROM (
    SELECT $first AS last_position, 'basal_deliveries' AS table_name
    WHERE EXISTS (FROM events WHERE device_assignment_id = $device AND log_position < $first)
    UNION ALL
    SELECT $last, 'basal_deliveries'
    WHERE EXISTS (FROM events WHERE device_assignment_id = $device AND log_position > $last));
