-- Nothing is waiting to be parsed; the next backfill parses what is.
SELECT concat_ws(' ', device_assignment_id, sequence_group, sequence_number) AS key
FROM raw_events
LEFT JOIN (SELECT device_assignment_id, max(raw_events_id) AS newest FROM events GROUP BY device_assignment_id) AS parsed
    USING (device_assignment_id)
WHERE id > coalesce(newest, 0)
  AND id NOT IN (FROM repeated_raw)
