-- Whether an earlier run has left rows to derive or move, or totals to update; the newest raw entry, and the newest one
-- that was parsed. They are found by the order of ids: max() would read a table to which rows have just been added.
SELECT
    EXISTS (SELECT 1 FROM bookkeeping.underived_ranges)
        OR EXISTS (SELECT 1 FROM bookkeeping.retimed_ranges)
        OR EXISTS (SELECT 1 FROM bookkeeping.changed_days),
    coalesce((SELECT id FROM raw_events ORDER BY id DESC LIMIT 1), 0),
    coalesce((SELECT raw_events_id FROM events ORDER BY raw_events_id DESC LIMIT 1), 0)
