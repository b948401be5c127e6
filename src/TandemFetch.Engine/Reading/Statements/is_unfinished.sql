-- Whether an earlier run stored entries without parsing or deriving them, or totals of days must be updated. The newest
-- rows are found by the order of ids: max() would read a table to which rows have just been added.
SELECT
    EXISTS (SELECT 1 FROM bookkeeping.underived_ranges)
    OR EXISTS (SELECT 1 FROM bookkeeping.retimed_ranges)
    OR EXISTS (SELECT 1 FROM bookkeeping.changed_days)
    OR coalesce((
            SELECT id
            FROM raw_events
            WHERE id NOT IN (SELECT id FROM bookkeeping.repeated_entries)
            ORDER BY id DESC
            LIMIT 1), 0)
        > coalesce((SELECT raw_events_id FROM events ORDER BY raw_events_id DESC LIMIT 1), 0)
