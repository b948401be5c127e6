-- How much time each group has between the first reading and the end of what the last one stands for, by the pump's
-- zone: hours that are left out do not count, and hours that come twice count twice. Source: "sensor active" between
-- first and last reading, as iglu (active_percent) and Tidepool (AGP panel) compute it.
WITH extent AS (
    SELECT min(moment) AS first_moment, max_by(moment + stands, moment) AS last_moment
    FROM analysis_readings
), stretch AS (
    SELECT
        greatest(zone.starts, extent.first_moment) AS begins,
        least(zone.ends, extent.last_moment) AS ends,
        zone.ahead
    FROM analysis_zone AS zone
    JOIN extent ON zone.starts < extent.last_moment AND zone.ends > extent.first_moment
), hour AS (
    SELECT
        begins,
        ends,
        ahead,
        unnest(range((begins + ahead) // hour_us(), (ends + ahead - 1) // hour_us() + 1)) AS hour
    FROM stretch
)
SELECT
    bucket_of($by, make_timestamp(hour * hour_us())) AS bucket,
    sum(least(ends, (hour + 1) * hour_us() - ahead) - greatest(begins, hour * hour_us() - ahead))::BIGINT AS length
FROM hour
GROUP BY bucket;
