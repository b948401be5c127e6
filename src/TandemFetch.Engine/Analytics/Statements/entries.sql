-- The times of the log's entries, or at least of the newest: {entries} is what has them.
CREATE OR REPLACE TEMP VIEW analysis_entries AS
SELECT device_assignment_id, timestamp
FROM {entries};
