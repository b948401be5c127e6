-- A pump that Tandem Source lists under a second key, with its old log, counts once.

CREATE TABLE bookkeeping.newer_assignments (
    device_assignment_id VARCHAR NOT NULL,
    newer_assignment_id  VARCHAR NOT NULL
);
COMMENT ON TABLE  bookkeeping.newer_assignments                      IS
    'Pumps that Tandem Source listed again under another key: same serial number, other device_assignment_id.';
COMMENT ON COLUMN bookkeeping.newer_assignments.device_assignment_id IS 'The older key.';
COMMENT ON COLUMN bookkeeping.newer_assignments.newer_assignment_id  IS 'The key whose log began to arrive later.';

CREATE VIEW bookkeeping.repeated_entries AS
SELECT older.id, older.device_assignment_id, newer.id AS repeated_by, newer.device_assignment_id AS newer_assignment_id
FROM bookkeeping.newer_assignments AS assignment
JOIN raw_events AS older
  ON older.device_assignment_id = assignment.device_assignment_id
JOIN raw_events AS newer
  ON newer.device_assignment_id = assignment.newer_assignment_id
 AND newer.sequence_group = older.sequence_group
 AND newer.sequence_number = older.sequence_number
 AND newer.event_code = older.event_code
 AND newer.pump_time = older.pump_time;
COMMENT ON VIEW   bookkeeping.repeated_entries                      IS
    'Raw entries of an older key that the log of a newer key repeats. They have no event; those of the newer key do.';
COMMENT ON COLUMN bookkeeping.repeated_entries.id                   IS 'The entry in raw_events.';
COMMENT ON COLUMN bookkeeping.repeated_entries.device_assignment_id IS 'The older key.';
COMMENT ON COLUMN bookkeeping.repeated_entries.repeated_by          IS 'The entry of the newer key in raw_events.';
COMMENT ON COLUMN bookkeeping.repeated_entries.newer_assignment_id  IS 'The newer key.';
