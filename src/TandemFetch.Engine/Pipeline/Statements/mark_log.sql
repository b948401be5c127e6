-- Marks what a pump logged from $first to $last as underived, in stretches of about half a million events.
INSERT INTO underived_ranges (device_assignment_id, first_position, last_position)
SELECT $device, min(log_position), max(log_position)
FROM (
    SELECT log_position, (row_number() OVER (ORDER BY log_position)) // 491520 AS stretch
    FROM events
    WHERE device_assignment_id = $device
      AND log_position BETWEEN $first AND $last)
GROUP BY stretch
