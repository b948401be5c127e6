-- Code 11 suspends all insulin, the next 12 resumes it.

CREATE OR REPLACE TEMP TABLE touched AS
SELECT log_position
FROM therapy_entries
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last AND begins_suspensions(event_id)
UNION
SELECT log_position
FROM suspensions
WHERE device_assignment_id = $device AND log_position < $first AND coalesce(ended_position, $first) >= $first;

DELETE FROM suspensions
WHERE device_assignment_id = $device
  AND (log_position BETWEEN $first AND $last OR log_position IN (SELECT log_position FROM touched));

SET VARIABLE from_position = (SELECT min(log_position) FROM touched);

INSERT INTO suspensions BY NAME
WITH entry AS (
    SELECT *
    FROM therapy_entries
    WHERE device_assignment_id = $device
      AND log_position >= getvariable('from_position')
      AND is_suspensions_entry(event_id)
), start AS (
    SELECT
        *,
        json_transform(event_data, '{"suspendReason": "VARCHAR", "insulinAmount": "VARCHAR"}') AS said
    FROM entry
    WHERE begins_suspensions(event_id)
      AND log_position IN (SELECT log_position FROM touched)
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

DROP TABLE touched;
