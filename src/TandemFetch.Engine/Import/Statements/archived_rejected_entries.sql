-- Rejected entries that are not in the file yet.
INSERT INTO bookkeeping.rejected_entries BY NAME
SELECT device_assignment_id, received::TIMESTAMPTZ AS received, reason, entry
FROM {source} AS archived
WHERE NOT EXISTS (
    FROM bookkeeping.rejected_entries AS known
    WHERE known.device_assignment_id = archived.device_assignment_id AND known.entry = archived.entry);
