-- The spans of a pump's clock follow each other without a gap or an overlap, from the beginning of its log, and the
-- newest span is open.
WITH span AS (
    SELECT
        *,
        lag(last_position) OVER (PARTITION BY device_assignment_id ORDER BY first_position) AS ended_before,
        row_number() OVER (PARTITION BY device_assignment_id ORDER BY first_position) AS place,
        count(*) OVER (PARTITION BY device_assignment_id) AS places
    FROM clock_spans
)
SELECT concat_ws(' ', device_assignment_id, first_position) AS key
FROM span
WHERE first_position <> CASE place WHEN 1 THEN 0 ELSE coalesce(ended_before + 1, -1) END
   OR (last_position IS NULL) <> (place = places)
   OR last_position < first_position
   OR (utc_offset_minutes IS NULL) <> (drift_ms IS NULL)
UNION ALL
SELECT DISTINCT device_assignment_id
FROM events
WHERE device_assignment_id NOT IN (SELECT device_assignment_id FROM clock_spans)
