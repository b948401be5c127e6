-- Code 229 logs each change of mode: the requested action, and the mode before and after. A mode begins where it is
-- requested or where the mode after differs from the mode before; it ends with the first entry that requests its end,
-- begins it again, or shows that the pump was or is in another mode. A scheduled sleep requests its start and end in
-- the same way as one that the user starts, so only sleepStartedByGui distinguishes them.

CREATE OR REPLACE TEMP TABLE touched AS
SELECT log_position
FROM user_modes
WHERE device_assignment_id = $device AND log_position < $first AND coalesce(ended_position, $first) >= $first;

SET VARIABLE from_position = (SELECT coalesce(min(log_position), $first) FROM touched);

DELETE FROM user_modes
WHERE device_assignment_id = $device
  AND (log_position BETWEEN $first AND $last OR log_position IN (SELECT log_position FROM touched));

INSERT INTO user_modes BY NAME
WITH parsed AS (
    SELECT
        *,
        json_transform(event_data, '{
            "requestedAction": "VARCHAR", "previousUserMode": "VARCHAR", "currentUserMode": "VARCHAR",
            "sleepStartedByGui": "VARCHAR", "exerciseChoice": "VARCHAR", "exerciseTime": "VARCHAR"}') AS said
    FROM bookkeeping.therapy_entries
    WHERE device_assignment_id = $device
      AND log_position >= getvariable('from_position')
      AND is_user_modes_entry(event_id)
), entry AS (
    SELECT
        *,
        said.requestedAction AS action,
        said.previousUserMode AS mode_before,
        said.currentUserMode AS mode_after
    FROM parsed
), change AS (
    SELECT
        *,
        CASE
            WHEN action = 'Start Sleep' THEN 'Sleeping'
            WHEN action = 'Start Exercise' THEN 'Exercising'
            WHEN action = 'Start Eating Soon' THEN 'Eating Soon'
            WHEN mode_after IS DISTINCT FROM mode_before AND mode_after <> 'Normal' THEN mode_after
        END AS begins,
        CASE action
            WHEN 'Stop Sleep' THEN ['Sleeping']
            WHEN 'Stop Exercise' THEN ['Exercising']
            WHEN 'Stop All' THEN ['Sleeping', 'Exercising']
            WHEN 'Stop Eating Soon' THEN ['Eating Soon']
            ELSE []
        END AS stops
    FROM entry
), ended AS (
    SELECT
        begun.log_position,
        min(later.log_position) AS ended_position
    FROM (SELECT DISTINCT begins AS mode FROM change WHERE begins IS NOT NULL) AS known
    JOIN change AS begun ON begun.begins = known.mode
    ASOF LEFT JOIN (
        SELECT other.mode, change.log_position
        FROM change
        CROSS JOIN (SELECT DISTINCT begins AS mode FROM change WHERE begins IS NOT NULL) AS other
        WHERE list_contains(change.stops, other.mode)
           OR change.begins IS NOT DISTINCT FROM other.mode
           OR change.mode_before IS DISTINCT FROM other.mode
           OR change.mode_after IS DISTINCT FROM other.mode) AS later
      ON later.mode = known.mode AND begun.log_position < later.log_position
    GROUP BY begun.log_position
)
SELECT
    begun.events_id AS id,
    begun.events_id,
    begun.device_assignment_id,
    begun.log_position,
    ended.ended_position,
    begun.timestamp,
    begun.pump_time,
    begun.begins AS mode,
    CASE
        WHEN begun.begins = 'Sleeping' AND begun.said.sleepStartedByGui IS DISTINCT FROM 'TRUE' THEN 'Schedule'
        ELSE 'User'
    END AS started_by,
    CASE
        WHEN begun.begins = 'Exercising' AND begun.said.exerciseChoice = 'Timed'
        THEN try_cast(begun.said.exerciseTime AS INTEGER)
    END AS planned_minutes,
    finish.timestamp AS ended,
    seconds_between(begun.timestamp, finish.timestamp) AS duration_seconds
FROM change AS begun
JOIN ended USING (log_position)
LEFT JOIN change AS finish ON finish.log_position = ended.ended_position
WHERE begun.log_position BETWEEN $first AND $last
   OR begun.log_position IN (SELECT log_position FROM touched)
ORDER BY begun.log_position;

DROP TABLE touched;
