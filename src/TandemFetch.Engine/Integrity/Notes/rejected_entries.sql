-- No entry was set aside because it lacks what identifies it; those that were are kept in bookkeeping.rejected_entries with the reason.
SELECT concat_ws(' ', device_assignment_id, received, reason) AS key
FROM bookkeeping.rejected_entries
