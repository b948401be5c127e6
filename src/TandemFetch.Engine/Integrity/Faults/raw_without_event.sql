-- The newest revision of every raw entry has its event, as far as Parse has progressed, unless the log of a newer key of
-- the pump repeats it.
WITH parsed AS (
    SELECT device_assignment_id, max(raw_events_id) AS newest
    FROM events
    GROUP BY device_assignment_id
), newest AS (
    SELECT
        device_assignment_id, sequence_group, sequence_number,
        arg_max(id, revision) AS id
    FROM raw_events
    SEMI JOIN parsed
      ON parsed.device_assignment_id = raw_events.device_assignment_id AND raw_events.id <= parsed.newest
    GROUP BY device_assignment_id, sequence_group, sequence_number
)
SELECT concat_ws(' ', device_assignment_id, sequence_group, sequence_number) AS key
FROM newest
WHERE id NOT IN (SELECT raw_events_id FROM events)
  AND id NOT IN (FROM repeated_raw)
