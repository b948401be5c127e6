-- Activations (4 alerts, 5 alarms, 6 malfunctions, 171, 369 and 460 sensor alerts), each closed by the next clearing of the same
-- id and sensor (26, 28, 172, 370, 461). An acknowledgement (371) belongs to the last activation before it. Alarms 18 and 23
-- only remind of a pump that is still suspended.

CREATE OR REPLACE TEMP TABLE touched AS
WITH earlier AS (
    SELECT *, concat_ws('|', kind, sensor, alert) AS subject
    FROM alerts
    WHERE device_assignment_id = $device AND log_position < $first
), subjects AS (
    SELECT subject
    FROM therapy_entries
    WHERE device_assignment_id = $device
      AND log_position BETWEEN $first AND $last
      AND event_id IN (4, 26, 5, 28, 6, 171, 172, 369, 370, 371, 460, 461)
    UNION
    SELECT concat_ws('|', kind, sensor, alert)
    FROM alerts
    WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last
)
SELECT log_position, subject
FROM therapy_entries
WHERE device_assignment_id = $device
  AND log_position BETWEEN $first AND $last
  AND event_id IN (4, 5, 6, 171, 369, 460)
UNION
SELECT log_position, subject
FROM earlier
WHERE cleared_position >= $first OR acknowledged_position >= $first
UNION
-- Where it was not cleared yet, only a clearing that came since can clear it.
SELECT log_position, subject
FROM earlier
WHERE cleared_position IS NULL
  AND subject IN (
      SELECT subject
      FROM therapy_entries
      WHERE device_assignment_id = $device
        AND log_position BETWEEN $first AND $last
        AND event_id IN (26, 28, 172, 370, 461))
UNION
-- What acknowledges in the stretch, or acknowledged what is no longer in it, belongs to the last one before, unless that has one already.
SELECT max(log_position), subject
FROM earlier
WHERE kind = 'CgmAlert' AND subject IN (SELECT subject FROM subjects)
GROUP BY subject
HAVING arg_max(acknowledged_position IS NULL, log_position);

DELETE FROM alerts
WHERE device_assignment_id = $device
  AND (log_position BETWEEN $first AND $last OR log_position IN (SELECT log_position FROM touched));

SET VARIABLE from_position = (SELECT min(log_position) FROM touched);

INSERT INTO alerts
WITH entry AS (
    SELECT events_id, log_position, timestamp, pump_time, event_id, subject
    FROM therapy_entries
    WHERE device_assignment_id = $device
      AND log_position >= getvariable('from_position')
      AND event_id IN (4, 26, 5, 28, 6, 171, 172, 369, 370, 371, 460, 461)
      AND subject IN (SELECT subject FROM touched)
), begun AS (
    SELECT *, string_split(subject, '|') AS part
    FROM entry
    WHERE event_id IN (4, 5, 6, 171, 369, 460)
      AND log_position IN (SELECT log_position FROM touched)
), next AS (
    SELECT begun.log_position, later.log_position AS next_position
    FROM begun
    ASOF JOIN (FROM entry WHERE event_id IN (4, 5, 6, 171, 369, 460)) AS later
      ON later.subject = begun.subject AND later.log_position > begun.log_position
), activation AS (
    SELECT begun.*, coalesce(next.next_position, 9223372036854775807) AS next_position
    FROM begun
    LEFT JOIN next USING (log_position)
), acknowledged AS (
    SELECT activation.log_position, acknowledgement.log_position AS place, acknowledgement.timestamp
    FROM activation
    ASOF JOIN (FROM entry WHERE event_id = 371) AS acknowledgement
      ON acknowledgement.subject = activation.subject AND acknowledgement.log_position > activation.log_position
    WHERE acknowledgement.log_position < activation.next_position
), said AS (
    -- Read only where it is asked for: an alert that is rare is looked for through years of entries.
    SELECT log_position AS place, json_extract_string(event_data, '$.ackSource') AS source
    FROM therapy_entries
    WHERE device_assignment_id = $device AND event_id = 371 AND log_position IN (SELECT place FROM acknowledged)
), cleared AS (
    SELECT activation.log_position, clearing.log_position AS place, clearing.timestamp
    FROM activation
    ASOF JOIN (FROM entry WHERE event_id IN (26, 28, 172, 370, 461)) AS clearing
      ON clearing.subject = activation.subject AND clearing.log_position > activation.log_position
)
SELECT
    activation.events_id,
    activation.events_id,
    $device,
    activation.log_position,
    acknowledgement.place,
    clearing.place,
    activation.timestamp,
    activation.pump_time,
    part[1],
    CASE WHEN len(part) > 1 THEN part[-1] END,
    CASE WHEN len(part) > 2 THEN part[2] END,
    activation.subject IN ('Alarm|RESUME_PUMP_ALARM', 'Alarm|RESUME_PUMP_ALARM2', 'Alarm|18', 'Alarm|23'),
    acknowledgement.timestamp,
    CASE said.source
        WHEN 'Alert Acknowledged by User' THEN 'User'
        WHEN 'Alert Acknowledged by Software' THEN 'Software'
        ELSE said.source
    END,
    clearing.timestamp,
    CASE WHEN clearing.timestamp IS NOT NULL AND activation.timestamp IS NOT NULL THEN greatest(0, (epoch_us(clearing.timestamp) - epoch_us(activation.timestamp)) // 1000000) END
FROM activation
LEFT JOIN acknowledged AS acknowledgement USING (log_position)
LEFT JOIN said ON said.place = acknowledgement.place
LEFT JOIN cleared AS clearing USING (log_position)
ORDER BY activation.log_position;

DROP TABLE touched;
