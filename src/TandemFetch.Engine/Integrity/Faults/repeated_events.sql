-- No event of an older key of a pump is also one of a newer key.
SELECT concat_ws(' ', older.device_assignment_id, older.log_position) AS key
FROM bookkeeping.newer_assignments AS assignment
JOIN events AS older
  ON older.device_assignment_id = assignment.device_assignment_id
JOIN events AS newer
  ON newer.device_assignment_id = assignment.newer_assignment_id
 AND newer.log_position = older.log_position
 AND newer.event_id = older.event_id
 AND newer.pump_time = older.pump_time
