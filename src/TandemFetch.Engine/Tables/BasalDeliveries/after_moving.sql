-- How long a delivery lasts depends on how far apart two entries are, so the one that reaches across an end of what
-- moved is derived again.
INSERT INTO bookkeeping.underived_ranges BY NAME
SELECT $device AS device_assignment_id, last_position - days_of_log() AS first_position, last_position, table_name
FROM (
    SELECT $first AS last_position, 'basal_deliveries' AS table_name
    WHERE EXISTS (FROM events WHERE device_assignment_id = $device AND log_position < $first)
    UNION ALL
    SELECT $last, 'basal_deliveries'
    WHERE EXISTS (FROM events WHERE device_assignment_id = $device AND log_position > $last));
