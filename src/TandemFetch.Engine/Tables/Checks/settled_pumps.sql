-- The pumps for which nothing remains to be done before the rows of $tables, or of any table if that is null, must be
-- those that a derivation produces. The notes count what remains, and the next backfill does it.
SELECT device_assignment_id
FROM pumps
WHERE device_assignment_id NOT IN (
    SELECT device_assignment_id
    FROM waiting
    WHERE table_name IS NULL OR $tables IS NULL OR list_contains($tables, table_name)
    UNION ALL
    SELECT device_assignment_id
    FROM bookkeeping.retimed_ranges
    UNION ALL
    SELECT device_assignment_id
    FROM bookkeeping.changed_days
    WHERE $tables IS NULL
)
