-- A log entry is stored once per revision: no two raw rows have the same pump, log position and revision, and no two
-- have the same id.
SELECT concat_ws(' ', device_assignment_id, sequence_group, sequence_number, 'revision', revision) AS key
FROM raw_events
GROUP BY device_assignment_id, sequence_group, sequence_number, revision
HAVING count(*) > 1
UNION ALL
SELECT 'id ' || id
FROM raw_events
GROUP BY id
HAVING count(*) > 1
