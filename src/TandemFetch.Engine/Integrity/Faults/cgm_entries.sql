-- Every glucose entry is in cgm_readings or in cgm_omissions, and only once, except for entries still to be derived.
WITH accounted AS (
    SELECT device_assignment_id, log_position FROM cgm_readings
    UNION ALL
    SELECT device_assignment_id, log_position FROM bookkeeping.cgm_omissions
), missing AS (
    SELECT device_assignment_id, log_position
    FROM events
    ANTI JOIN accounted USING (device_assignment_id, log_position)
    WHERE event_id IN (256, 372, 399, 480)
)
SELECT concat_ws(' ', device_assignment_id, log_position) AS key
FROM missing
ANTI JOIN bookkeeping.underived_ranges AS range
  ON range.device_assignment_id = missing.device_assignment_id
  AND log_position BETWEEN first_position AND last_position
UNION ALL
SELECT concat_ws(' ', device_assignment_id, log_position)
FROM accounted
GROUP BY device_assignment_id, log_position
HAVING count(*) > 1
