-- Where the raw entries of the pump $device with ids from $first to $last repeat events of its older keys.
SELECT events.device_assignment_id, min(log_position) AS first_position, max(log_position) AS last_position
FROM bookkeeping.repeated_entries AS repeated
JOIN events USING (id)
WHERE newer_assignment_id = $device
  AND repeated_by BETWEEN $first AND $last
GROUP BY events.device_assignment_id
