-- Nothing waits to be derived; what does, the next backfill derives.
SELECT concat_ws(' ', device_assignment_id, first_position, last_position) AS key
FROM bookkeeping.underived_ranges
