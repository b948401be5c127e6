-- Where the raw entries of the pump $device with ids from $first to $last repeat events of its older keys.
SELECT older.device_assignment_id, min(log_position) AS first_position, max(log_position) AS last_position
FROM bookkeeping.newer_assignments AS assignment
JOIN events AS older
  ON older.device_assignment_id = assignment.device_assignment_id
JOIN raw_events AS newer
  ON newer.device_assignment_id = assignment.newer_assignment_id
 AND (newer.sequence_group << 32) | newer.sequence_number = older.log_position
 AND newer.event_code = older.event_id
 AND newer.pump_time = older.pump_time
WHERE assignment.newer_assignment_id = $device
  AND newer.id BETWEEN $first AND $last
GROUP BY older.device_assignment_id
