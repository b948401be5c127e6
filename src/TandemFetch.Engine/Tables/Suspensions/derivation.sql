-- Code 11 suspends all insulin, the next 12 resumes it. Another 11 in between has no effect, because insulin was
-- suspended already.

-- Whether an 11 begins a suspension depends on what came before it, and a suspension ends with the next 12. So the last
-- suspension before the range and everything up to the first 12 after it are evaluated again.
SET VARIABLE from_position = (
    SELECT coalesce(max(log_position), 0)
    FROM suspensions
    WHERE device_assignment_id = $device AND log_position < $first);

SET VARIABLE to_position = (
    SELECT coalesce(min(log_position), end_of_log())
    FROM bookkeeping.therapy_entries
    WHERE device_assignment_id = $device AND log_position > $last AND event_id = 12);

DELETE FROM suspensions
WHERE device_assignment_id = $device
  AND log_position BETWEEN getvariable('from_position') AND getvariable('to_position');

INSERT INTO suspensions BY NAME
WITH entry AS (
    SELECT *, coalesce(lag(event_id) OVER (ORDER BY log_position) = 11, false) AS is_suspended
    FROM bookkeeping.therapy_entries
    WHERE device_assignment_id = $device
      AND log_position BETWEEN getvariable('from_position') AND getvariable('to_position')
      AND is_suspensions_entry(event_id)
), start AS (
    SELECT
        *,
        json_transform(event_data, '{"suspendReason": "VARCHAR", "insulinAmount": "VARCHAR"}') AS said
    FROM entry
    WHERE begins_suspensions(event_id) AND NOT is_suspended
)
SELECT
    start.events_id AS id,
    start.events_id,
    start.device_assignment_id,
    start.log_position,
    finish.log_position AS ended_position,
    start.timestamp,
    start.pump_time,
    start.said.suspendReason AS reason,
    try_cast(start.said.insulinAmount AS INTEGER) AS insulin_remaining,
    finish.timestamp AS ended,
    seconds_between(start.timestamp, finish.timestamp) AS duration_seconds
FROM start
ASOF LEFT JOIN (FROM entry WHERE event_id = 12) AS finish ON finish.log_position > start.log_position
ORDER BY start.log_position;
