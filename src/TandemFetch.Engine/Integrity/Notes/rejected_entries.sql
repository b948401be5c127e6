-- No entry was rejected because it lacks what identifies it; rejected entries are kept in bookkeeping.rejected_entries
-- with the reason.
SELECT concat_ws(' ', device_assignment_id, received, reason) AS key
FROM bookkeeping.rejected_entries
