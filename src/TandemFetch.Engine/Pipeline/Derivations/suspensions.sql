-- Code 11 suspends all insulin, the next 12 resumes it.

CREATE OR REPLACE TEMP TABLE touched AS
SELECT log_position
FROM therapy_entries
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last AND event_id = 11
UNION
SELECT log_position
FROM suspensions
WHERE device_assignment_id = $device AND log_position < $first AND coalesce(ended_position, $first) >= $first;

DELETE FROM suspensions
WHERE device_assignment_id = $device
  AND (log_position BETWEEN $first AND $last OR log_position IN (SELECT log_position FROM touched));

SET VARIABLE from_position = (SELECT min(log_position) FROM touched);

INSERT INTO suspensions
WITH entry AS (
    SELECT *
    FROM therapy_entries
    WHERE device_assignment_id = $device
      AND log_position >= getvariable('from_position')
      AND event_id IN (11, 12)
), start AS (
    SELECT *
    FROM entry
    WHERE event_id = 11
      AND log_position IN (SELECT log_position FROM touched)
)
SELECT
    start.events_id,
    start.events_id,
    $device,
    start.log_position,
    finish.log_position,
    start.timestamp,
    start.pump_time,
    json_extract_string(start.event_data, '$.suspendReason'),
    try_cast(json_extract_string(start.event_data, '$.insulinAmount') AS INTEGER),
    finish.timestamp,
    CASE WHEN finish.timestamp IS NOT NULL AND start.timestamp IS NOT NULL THEN greatest(0, (epoch_us(finish.timestamp) - epoch_us(start.timestamp)) // 1000000) END
FROM start
ASOF LEFT JOIN (FROM entry WHERE event_id = 12) AS finish ON finish.log_position > start.log_position
ORDER BY start.log_position;

DROP TABLE touched;
