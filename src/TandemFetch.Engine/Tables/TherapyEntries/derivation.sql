-- The rare entries that other tables join to form rows, each with its subject. This runs before all other derivations.

DELETE FROM bookkeeping.therapy_entries
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

INSERT INTO bookkeeping.therapy_entries BY NAME
SELECT
    id AS events_id,
    device_assignment_id,
    log_position,
    timestamp,
    pump_time,
    event_id,
    entry_subject(event_id, event_data) AS subject,
    event_data
FROM events
WHERE device_assignment_id = $device
  AND log_position BETWEEN $first AND $last
  AND is_therapy_entry(event_id)
ORDER BY log_position;
