-- The pumps of which nothing is left to do before the rows of $tables, or of any table where that is null, must be
-- those that a derivation makes. What is left is counted by the notes, and the next backfill does it.
SELECT device_assignment_id
FROM pumps
WHERE device_assignment_id NOT IN (
    SELECT device_assignment_id
    FROM (
        {waiting}
    )
    WHERE table_name IS NULL OR $tables IS NULL OR list_contains($tables, table_name)
    UNION ALL
    SELECT device_assignment_id
    FROM bookkeeping.retimed_ranges
    UNION ALL
    SELECT device_assignment_id
    FROM bookkeeping.changed_days
    WHERE $tables IS NULL
)
