-- The offsets from UTC of the zone $zone from 2007 to 2045 according to this DuckDB. A sample per week finds the
-- changes, and bisecting the week finds the minute; no zone changes twice within a week. Times are in minutes since
-- 1970, offsets in seconds.
WITH RECURSIVE sample AS (
    SELECT
        day * 1440 AS minute,
        (epoch_us(timezone($zone, make_timestamptz(day * 86400000000))) - day * 86400000000) // 1000000 AS ahead
    FROM range(13514, 27394, 7) AS weeks(day)
), change AS (
    SELECT
        lag(minute) OVER (ORDER BY minute) AS low,
        minute AS high,
        lag(ahead) OVER (ORDER BY minute) AS ahead_before,
        ahead AS ahead_after
    FROM sample
    QUALIFY ahead_before <> ahead_after
), bracket AS (
    SELECT low, high, ahead_before, ahead_after
    FROM change
    UNION ALL
    SELECT
        CASE WHEN ahead_middle = ahead_before THEN middle ELSE low END AS low,
        CASE WHEN ahead_middle = ahead_before THEN high ELSE middle END AS high,
        ahead_before,
        CASE WHEN ahead_middle = ahead_before THEN ahead_after ELSE ahead_middle END AS ahead_after
    FROM (
        SELECT
            *,
            (low + high) // 2 AS middle,
            (epoch_us(timezone($zone, make_timestamptz(middle * 60000000))) - middle * 60000000) // 1000000 AS ahead_middle
        FROM bracket
        WHERE high - low > 1)
)
-- The first offset also applies to all earlier times.
SELECT epoch_us(TIMESTAMPTZ '0001-01-01 00:00:00+00') AS starts, arg_min(ahead, minute)::INTEGER AS utc_offset
FROM sample
UNION ALL
SELECT high * 60000000 AS starts, ahead_after::INTEGER AS utc_offset
FROM bracket
WHERE high - low = 1
ORDER BY starts
