-- The newest revision of every raw entry has its event, as far as Parse has progressed, unless the log of a newer key of
-- the pump repeats it.
SELECT concat_ws(' ', device_assignment_id, sequence_group, sequence_number) AS key
FROM raw_events
JOIN parsed USING (device_assignment_id)
WHERE id <= parsed.newest
  AND id NOT IN (SELECT id FROM superseded_raw)
  AND id NOT IN (SELECT raw_events_id FROM events)
  AND id NOT IN (SELECT id FROM repeated_raw)
