-- Removes the events of the older key $older that the raw entries of the pump $device with ids from $first to $last
-- repeat.
DELETE FROM events
WHERE device_assignment_id = $older
  AND id IN (
    SELECT id
    FROM bookkeeping.repeated_entries
    WHERE newer_assignment_id = $device
      AND repeated_by BETWEEN $first AND $last)
