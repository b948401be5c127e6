-- The entries of pump $1 at the log positions from $2 to $3, each as received last, in log order and without settings of
-- the clock. Their sequence numbers are from $4 to $5, by which DuckDB finds them without reading the others.
WITH revised AS (
    SELECT sequence_group, sequence_number, revision
    FROM raw_events
    WHERE device_assignment_id = $1 AND revision > 0
)
SELECT (raw.sequence_group << 32) | raw.sequence_number AS log_position, raw.pump_time
FROM raw_events AS raw
ANTI JOIN revised
  ON revised.sequence_group = raw.sequence_group
 AND revised.sequence_number = raw.sequence_number
 AND revised.revision > raw.revision
WHERE device_assignment_id = $1
  AND raw.sequence_number BETWEEN $4 AND $5
  AND (raw.sequence_group << 32) | raw.sequence_number BETWEEN $2 AND $3
  AND event_code NOT IN (13, 14)
ORDER BY log_position
