-- Whether the pump joined a sensor again depends on the distance between two entries, so those on both sides of an end
-- of the moved range are evaluated again. There is nothing beyond the end of the log.
INSERT INTO bookkeeping.underived_ranges BY NAME
SELECT
    $device AS device_assignment_id,
    max(log_position) AS first_position,
    last_position,
    'cgm_sessions' AS table_name
FROM bookkeeping.therapy_entries
JOIN (SELECT unnest([$first - 1, $last]) AS last_position) AS edge ON log_position <= last_position
WHERE device_assignment_id = $device AND is_cgm_sessions_entry(event_id) AND last_position < end_of_log()
GROUP BY last_position;
