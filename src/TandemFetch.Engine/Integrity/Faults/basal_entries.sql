-- Every basal rate and every dose of basal insulin has its delivery, except for entries still to be derived.
SELECT concat_ws(' ', device_assignment_id, log_position) AS key
FROM events
ANTI JOIN basal_deliveries USING (device_assignment_id, log_position)
WHERE event_id IN (279, 559)
  AND NOT EXISTS (
      FROM bookkeeping.underived_ranges AS range
      WHERE range.device_assignment_id = events.device_assignment_id
        AND log_position BETWEEN first_position AND last_position)
