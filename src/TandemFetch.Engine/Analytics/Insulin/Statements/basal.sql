-- The basal deliveries of the pumps that reach into the time from a moment, $1, to another, $2, microseconds. The end
-- of one that lasts is the greatest number.
SELECT
    id,
    epoch_us(timestamp) AS began,
    coalesce(epoch_us(ended), 9223372036854775807) AS ended,
    rate,
    rate_source IS NOT NULL AS is_commanded,
    coalesce(rate_source ILIKE '%Algorithm%', false) AS is_automated
FROM basal_deliveries
WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
  AND timestamp < make_timestamptz($2::BIGINT)
  AND (timestamp >= make_timestamptz($1::BIGINT) OR ended > make_timestamptz($1::BIGINT) OR ended IS NULL)
