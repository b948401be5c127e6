-- The first and the last log position of the raw entries of the pump $device with ids from $first to $last.
SELECT
    min((sequence_group << 32) | sequence_number) AS first_position,
    max((sequence_group << 32) | sequence_number) AS last_position
FROM raw_events
WHERE device_assignment_id = $device
  AND id BETWEEN $first AND $last
