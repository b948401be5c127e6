-- The log positions of the last entry of the pump $device before $first and of the first one after $last, of those whose
-- positions are from $from to $to and whose sequence numbers are from $lowest to $highest, by which DuckDB finds them
-- without reading the others.
SELECT
    max((sequence_group << 32) | sequence_number)
        FILTER ((sequence_group << 32) | sequence_number < $first) AS before,
    min((sequence_group << 32) | sequence_number)
        FILTER ((sequence_group << 32) | sequence_number > $last) AS after
FROM raw_events
WHERE device_assignment_id = $device
  AND sequence_number BETWEEN $lowest AND $highest
  AND (sequence_group << 32) | sequence_number BETWEEN $from AND $to
