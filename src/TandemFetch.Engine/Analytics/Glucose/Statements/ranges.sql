-- How long glucose was in each range, microseconds. The target range includes both of its ends, values are whole mg/dL
-- and are never converted before they are compared. Source: consensus on time in range, 2019; tight range 70 to 140
-- mg/dL: PMC10877396.
SELECT
    bucket,
    coalesce(sum(stands) FILTER (glucose < $very_low), 0)::BIGINT AS very_low,
    coalesce(sum(stands) FILTER (glucose >= $very_low AND glucose < $low), 0)::BIGINT AS low,
    coalesce(sum(stands) FILTER (glucose >= $low AND glucose <= $high), 0)::BIGINT AS in_range,
    coalesce(sum(stands) FILTER (glucose > $high AND glucose <= $very_high), 0)::BIGINT AS high,
    coalesce(sum(stands) FILTER (glucose > $very_high), 0)::BIGINT AS very_high,
    coalesce(sum(stands) FILTER (glucose BETWEEN 70 AND 140), 0)::BIGINT AS tight_range,
    sum(stands)::BIGINT AS covered
FROM analysis_values
GROUP BY bucket;
