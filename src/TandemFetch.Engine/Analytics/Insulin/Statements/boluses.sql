-- The boluses of the pumps from a moment, $1, to another, $2, microseconds, and what they count as.
SELECT
    epoch_us(timestamp) AS moment,
    delivered,
    kind,
    source,
    is_automatic(kind, source) AS is_automatic,
    coalesce(requested_correction > 0, false) AS is_correction,
    coalesce(kind = 'Extended', false) AS is_extended,
    coalesce(overridden, false) AS is_overridden,
    coalesce(status <> 'Completed', false) AS is_interrupted,
    coalesce(carbs > 0, false) AS is_meal
FROM boluses
WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
  AND timestamp >= make_timestamptz($1::BIGINT)
  AND timestamp < make_timestamptz($2::BIGINT)
