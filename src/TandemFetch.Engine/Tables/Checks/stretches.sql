-- The log of a pump in ranges of a size that fits into memory, as they are derived; the first and the last one extend
-- beyond all possible entries.
SELECT
    CASE WHEN stretch = min(stretch) OVER () THEN 0 ELSE min(log_position) END AS first,
    coalesce(lead(min(log_position)) OVER (ORDER BY stretch) - 1, 9223372036854775807) AS last,
    max(log_position) AS last_entry
FROM (
    SELECT log_position, (row_number() OVER (ORDER BY log_position)) // 491520 AS stretch
    FROM events
    WHERE device_assignment_id = $device)
GROUP BY stretch
ORDER BY stretch
