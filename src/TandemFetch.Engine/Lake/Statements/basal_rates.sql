-- The basal deliveries of the session's pump whose true time is known.
INSERT INTO lake_basal_rates BY NAME
WITH deliveries AS (
    SELECT
        b.*,
        coalesce(
            b.ended,
            (
                SELECT max(e.timestamp)
                FROM events AS e
                WHERE e.device_assignment_id = b.device_assignment_id
            )
        ) AS known_end
    FROM basal_deliveries AS b
    WHERE b.device_assignment_id IN (SELECT source FROM lake_pumps)
      AND b.timestamp IS NOT NULL
)
SELECT
    d.id,
    d.device_assignment_id,
    d.timestamp,
    wall_clock(d.timestamp, o.utc_offset) AS local_time,
    greatest(d.known_end, d.timestamp) AS ended,
    (epoch_us(greatest(d.known_end, d.timestamp)) - epoch_us(d.timestamp)) // 1000000 AS seconds,
    CASE WHEN d.delivered IS NULL THEN d.rate END AS rate,
    coalesce(d.delivered, round(d.rate * seconds / 3600, 3)) AS units,
    coalesce(d.rate_source ILIKE '%Algorithm%', false) AS automated
FROM deliveries AS d
ASOF JOIN lake_offsets AS o ON d.timestamp >= o.starts
