-- The readings of the pumps from a moment, $1, to another, $2, microseconds; of one kind of sensor, $3, unless that is
-- empty.
SELECT
    epoch_us(timestamp) AS moment,
    glucose,
    device_assignment_id,
    sensor,
    log_position
FROM cgm_readings
WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
  AND timestamp >= make_timestamptz($1::BIGINT)
  AND timestamp < make_timestamptz($2::BIGINT)
  AND ($3 = '' OR sensor = $3)
