-- Entries that the log of a newer key of the same pump repeats count once, for the newer key.
SELECT concat_ws(' ', device_assignment_id, sequence_group, sequence_number) AS key
FROM raw_events
WHERE id IN (SELECT id FROM repeated_raw)
