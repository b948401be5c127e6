-- Marks what a pump logged from $first to $last as underived, in ranges of about half a million events: for $table, or
-- for all tables if that is null.
INSERT INTO bookkeeping.underived_ranges BY NAME
SELECT
    $device AS device_assignment_id,
    min(log_position) AS first_position,
    max(log_position) AS last_position,
    $table::VARCHAR AS table_name
FROM (
    SELECT log_position, (row_number() OVER (ORDER BY log_position)) // 491520 AS stretch
    FROM events
    WHERE device_assignment_id = $device
      AND log_position BETWEEN $first AND $last)
GROUP BY stretch
