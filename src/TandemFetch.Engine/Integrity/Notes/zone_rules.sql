-- The file's time zone data of its pumps are those of this module's DuckDB; otherwise the next backfill updates them
-- and the days that they change.
WITH week AS (
    SELECT make_timestamptz(day * 86400000000) AS moment
    FROM range(13514, 27394, 7) AS days(day)
), known AS (
    SELECT DISTINCT time_zone
    FROM bookkeeping.zone_offsets
)
SELECT DISTINCT known.time_zone AS key
FROM known
CROSS JOIN week
ASOF JOIN bookkeeping.zone_offsets ON zone_offsets.time_zone = known.time_zone AND zone_offsets.starts <= week.moment
WHERE epoch_us(timezone(known.time_zone, week.moment)) - epoch_us(week.moment) <> zone_offsets.utc_offset * 1000000::BIGINT
UNION
SELECT time_zone
FROM pumps
WHERE time_zone NOT IN (SELECT time_zone FROM bookkeeping.time_zones)
