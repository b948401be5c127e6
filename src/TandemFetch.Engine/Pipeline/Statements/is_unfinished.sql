-- Whether an earlier run stored entries without parsing or deriving them, or totals of days must be updated.
SELECT
    EXISTS (SELECT 1 FROM bookkeeping.underived_ranges)
    OR EXISTS (SELECT 1 FROM bookkeeping.retimed_ranges)
    OR EXISTS (SELECT 1 FROM bookkeeping.changed_days)
    OR coalesce((SELECT max(id) FROM raw_events), 0) > coalesce((SELECT max(raw_events_id) FROM events), 0)
