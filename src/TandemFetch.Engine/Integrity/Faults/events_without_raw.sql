-- Every event was parsed from a raw entry that still exists, and from its newest revision, as far as Parse has
-- progressed.
SELECT concat_ws(' ', device_assignment_id, log_position) AS key
FROM events
WHERE raw_events_id NOT IN (
    SELECT id
    FROM raw_events
    WHERE id NOT IN (SELECT id FROM superseded_raw))
