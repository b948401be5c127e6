-- Nothing is waiting to be parsed; the next backfill parses what is.
SELECT concat_ws(' ', device_assignment_id, sequence_group, sequence_number) AS key
FROM raw_events
LEFT JOIN parsed USING (device_assignment_id)
WHERE id > coalesce(newest, 0)
  AND id NOT IN (SELECT id FROM repeated_raw)
