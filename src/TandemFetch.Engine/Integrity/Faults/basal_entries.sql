-- Every basal rate and every dose of basal insulin has its delivery, except for entries still to be derived.
WITH missing AS (
    SELECT device_assignment_id, log_position
    FROM events
    ANTI JOIN basal_deliveries USING (device_assignment_id, log_position)
    WHERE event_id IN (279, 559)
)
SELECT concat_ws(' ', device_assignment_id, log_position) AS key
FROM missing
ANTI JOIN bookkeeping.underived_ranges AS range
  ON range.device_assignment_id = missing.device_assignment_id
  AND log_position BETWEEN first_position AND last_position
