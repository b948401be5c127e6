-- Every day between a pump's first and last entry has entries; a day without is one on which the pump was off or uploaded nothing.
WITH day AS (
    SELECT DISTINCT device_assignment_id, pump_time::DATE AS day
    FROM raw_events
), wanted AS (
    SELECT device_assignment_id, unnest(generate_series(min(day), max(day), INTERVAL 1 DAY))::DATE AS day
    FROM day
    GROUP BY device_assignment_id
)
SELECT concat_ws(' ', device_assignment_id, day) AS key
FROM wanted
ANTI JOIN day USING (device_assignment_id, day)
