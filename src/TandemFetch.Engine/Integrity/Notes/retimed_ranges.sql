-- The rows of every stretch of the log that was put on another time have moved along; Invoke-TandemBackfill -Stage Derive moves the others.
SELECT concat_ws(' ', device_assignment_id, first_position, last_position) AS key
FROM bookkeeping.retimed_ranges
