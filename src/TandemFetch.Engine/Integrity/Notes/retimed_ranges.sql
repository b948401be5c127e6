-- The rows of every range of the log whose times changed have been moved; Invoke-TandemBackfill -Stage Derive moves the
-- others.
SELECT concat_ws(' ', device_assignment_id, first_position, last_position) AS key
FROM bookkeeping.retimed_ranges
