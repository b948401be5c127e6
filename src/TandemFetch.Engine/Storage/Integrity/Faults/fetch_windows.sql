-- Windows are whole: they end after they begin, before the pump's newest day, and what they are said to have brought is there.
WITH brought AS (
    SELECT DISTINCT device_assignment_id, pump_time::DATE AS day, event_code IN (13, 14) AS is_setting
    FROM raw_events
)
SELECT concat_ws(' ', fetched.device_assignment_id, first_day, last_day) AS key
FROM fetch_windows AS fetched
LEFT JOIN pumps USING (device_assignment_id)
WHERE pumps.device_assignment_id IS NULL
   OR first_day > last_day
   OR last_day >= last_event::DATE
   OR rows < 0
   OR rows > 0 AND NOT EXISTS (
       FROM brought
       WHERE brought.device_assignment_id = fetched.device_assignment_id
         AND (is_setting OR day BETWEEN first_day AND last_day + 1))
