-- The revisions of an entry are numbered from 0 without a gap.
SELECT concat_ws(' ', device_assignment_id, sequence_group, sequence_number) AS key
FROM raw_events
SEMI JOIN (FROM raw_events WHERE revision <> 0) AS revised USING (device_assignment_id, sequence_group, sequence_number)
GROUP BY device_assignment_id, sequence_group, sequence_number
HAVING count(DISTINCT revision) <> max(revision) + 1 OR min(revision) <> 0
