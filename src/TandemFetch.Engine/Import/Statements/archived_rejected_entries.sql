-- Entries that could not be filed, and that the file does not have.
INSERT INTO bookkeeping.rejected_entries BY NAME
SELECT device_assignment_id, received::TIMESTAMPTZ AS received, reason, entry
FROM {source} AS archived
WHERE NOT EXISTS (
    FROM bookkeeping.rejected_entries AS known
    WHERE known.device_assignment_id = archived.device_assignment_id AND known.entry = archived.entry);
