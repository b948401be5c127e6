-- Every day between a pump's first and last event has events; a day without is one on which the pump was off or uploaded nothing.
WITH day AS (
    SELECT DISTINCT device_assignment_id, timezone(time_zone, timestamp)::DATE AS day
    FROM events
    JOIN pumps USING (device_assignment_id)
    WHERE timestamp IS NOT NULL
), wanted AS (
    SELECT device_assignment_id, unnest(generate_series(min(day), max(day), INTERVAL 1 DAY))::DATE AS day
    FROM day
    GROUP BY device_assignment_id
)
SELECT concat_ws(' ', device_assignment_id, day) AS key
FROM wanted
ANTI JOIN day USING (device_assignment_id, day)
