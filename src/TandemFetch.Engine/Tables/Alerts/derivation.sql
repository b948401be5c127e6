-- Activations (4 alerts, 5 alarms, 6 malfunctions, 171, 369 and 460 sensor alerts), each closed by the next entry that
-- clears the same id and sensor (26, 28, 172, 370, 461). An acknowledgement (371) belongs to the last activation before
-- it. Alarms 18 and 23 are only reminders that the pump is still suspended.

CREATE OR REPLACE TEMP TABLE touched AS
WITH earlier AS (
    SELECT *, concat_ws('|', kind, sensor, alert) AS subject
    FROM alerts
    WHERE device_assignment_id = $device AND log_position < $first
), subjects AS (
    SELECT subject
    FROM bookkeeping.therapy_entries
    WHERE device_assignment_id = $device
      AND log_position BETWEEN $first AND $last
      AND is_alerts_entry(event_id)
    UNION
    SELECT concat_ws('|', kind, sensor, alert)
    FROM alerts
    WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last
)
SELECT log_position, subject
FROM bookkeeping.therapy_entries
WHERE device_assignment_id = $device
  AND log_position BETWEEN $first AND $last
  AND begins_alerts(event_id)
UNION
SELECT log_position, subject
FROM earlier
WHERE cleared_position >= $first OR acknowledged_position >= $first
UNION
-- If it was not cleared yet, only an entry that has arrived since can clear it.
SELECT log_position, subject
FROM earlier
WHERE cleared_position IS NULL
  AND subject IN (
      SELECT subject
      FROM bookkeeping.therapy_entries
      WHERE device_assignment_id = $device
        AND log_position BETWEEN $first AND $last
        AND is_clearing(event_id))
UNION
-- Acknowledgements in the range, and acknowledgements that are no longer in it, belong to the last activation before,
-- unless that has one already.
SELECT max(log_position), subject
FROM earlier
WHERE kind = 'CgmAlert' AND subject IN (SELECT subject FROM subjects)
GROUP BY subject
HAVING arg_max(acknowledged_position IS NULL, log_position);

DELETE FROM alerts
WHERE device_assignment_id = $device
  AND (log_position BETWEEN $first AND $last OR log_position IN (SELECT log_position FROM touched));

SET VARIABLE from_position = (SELECT min(log_position) FROM touched);

INSERT INTO alerts BY NAME
WITH entry AS (
    SELECT events_id, device_assignment_id, log_position, timestamp, pump_time, event_id, subject
    FROM bookkeeping.therapy_entries
    WHERE device_assignment_id = $device
      AND log_position >= getvariable('from_position')
      AND is_alerts_entry(event_id)
      AND subject IN (SELECT subject FROM touched)
), begun AS (
    -- The subject contains the kind, the sensor of a sensor alert if the entry has it, and the alert's own id.
    SELECT
        *,
        split_part(subject, '|', 1) AS kind,
        CASE WHEN len(string_split(subject, '|')) > 2 THEN split_part(subject, '|', 2) END AS sensor,
        CASE WHEN contains(subject, '|') THEN split_part(subject, '|', -1) END AS alert
    FROM entry
    WHERE begins_alerts(event_id)
      AND log_position IN (SELECT log_position FROM touched)
), next AS (
    SELECT begun.log_position, later.log_position AS next_position
    FROM begun
    ASOF JOIN (FROM entry WHERE begins_alerts(event_id)) AS later
      ON later.subject = begun.subject AND later.log_position > begun.log_position
), activation AS (
    SELECT begun.*, coalesce(next.next_position, end_of_log()) AS next_position
    FROM begun
    LEFT JOIN next USING (log_position)
), acknowledged AS (
    SELECT activation.log_position, acknowledgement.log_position AS place, acknowledgement.timestamp
    FROM activation
    ASOF JOIN (FROM entry WHERE event_id = 371) AS acknowledgement
      ON acknowledgement.subject = activation.subject AND acknowledgement.log_position > activation.log_position
    WHERE acknowledgement.log_position < activation.next_position
), said AS (
    -- Read only if needed: finding a rare alert requires a search through years of entries.
    SELECT log_position AS place, json_extract_string(event_data, '$.ackSource') AS source
    FROM bookkeeping.therapy_entries
    WHERE device_assignment_id = $device AND event_id = 371 AND log_position IN (SELECT place FROM acknowledged)
), cleared AS (
    SELECT activation.log_position, clearing.log_position AS place, clearing.timestamp
    FROM activation
    ASOF JOIN (FROM entry WHERE is_clearing(event_id)) AS clearing
      ON clearing.subject = activation.subject AND clearing.log_position > activation.log_position
)
SELECT
    activation.events_id AS id,
    activation.events_id,
    activation.device_assignment_id,
    activation.log_position,
    acknowledgement.place AS acknowledged_position,
    clearing.place AS cleared_position,
    activation.timestamp,
    activation.pump_time,
    activation.kind,
    activation.alert,
    activation.sensor,
    activation.subject IN (
        'Alarm|RESUME_PUMP_ALARM', 'Alarm|RESUME_PUMP_ALARM2', 'Alarm|18', 'Alarm|23') AS reminder,
    acknowledgement.timestamp AS acknowledged,
    CASE said.source
        WHEN 'Alert Acknowledged by User' THEN 'User'
        WHEN 'Alert Acknowledged by Software' THEN 'Software'
        ELSE said.source
    END AS acknowledged_by,
    clearing.timestamp AS cleared,
    seconds_between(activation.timestamp, clearing.timestamp) AS duration_seconds
FROM activation
LEFT JOIN acknowledged AS acknowledgement USING (log_position)
LEFT JOIN said ON said.place = acknowledgement.place
LEFT JOIN cleared AS clearing USING (log_position)
ORDER BY activation.log_position;

DROP TABLE touched;
