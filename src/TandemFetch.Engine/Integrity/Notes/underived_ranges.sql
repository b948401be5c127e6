-- Nothing is waiting to be derived; the next backfill derives what is.
SELECT concat_ws(' ', device_assignment_id, first_position, last_position) AS key
FROM bookkeeping.underived_ranges
