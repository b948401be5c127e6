-- Whether events and the newest revisions of raw entries are the same by their number and the sum of their hashes,
-- which takes a fifth of the time of comparing them one by one.
SELECT (
    SELECT (count(*), sum(hash(id, device_assignment_id, (sequence_group << 32) | sequence_number, pump_time, event_code)))
    FROM raw_events
    JOIN parsed USING (device_assignment_id)
    WHERE id <= parsed.newest
      AND id NOT IN (SELECT id FROM superseded_raw)
      AND id NOT IN (SELECT id FROM repeated_raw)
) IS NOT DISTINCT FROM (
    SELECT (count(*), sum(hash(raw_events_id, device_assignment_id, log_position, pump_time, event_id)))
    FROM events
)
