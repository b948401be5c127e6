-- Every day between a pump's first and last event has events; on a day without events the pump was off or uploaded
-- nothing. Days always begin on a quarter of an hour, so the zone is evaluated once for each quarter.
WITH quarter AS (
    SELECT DISTINCT device_assignment_id, epoch_us(timestamp) // 900000000 AS number
    FROM events
    WHERE timestamp IS NOT NULL
), day AS (
    SELECT DISTINCT device_assignment_id, make_timestamp(number * 900000000 + zone_offsets.utc_offset * 1000000::BIGINT)::DATE AS day
    FROM quarter
    JOIN pumps USING (device_assignment_id)
    ASOF JOIN bookkeeping.zone_offsets ON zone_offsets.time_zone = pumps.time_zone AND zone_offsets.starts <= make_timestamptz(number * 900000000)
), wanted AS (
    SELECT device_assignment_id, unnest(generate_series(min(day), max(day), INTERVAL 1 DAY))::DATE AS day
    FROM day
    GROUP BY device_assignment_id
)
SELECT concat_ws(' ', device_assignment_id, day) AS key
FROM wanted
ANTI JOIN day USING (device_assignment_id, day)
