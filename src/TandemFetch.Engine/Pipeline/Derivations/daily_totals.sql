-- What the days add up to whose deliveries, boluses or readings changed. This runs after all other derivations, which have put
-- those days into changed_days. A delivery that spans a midnight is split there.

-- A day begins at the first moment whose local date is that day: at the first of two midnights, or after one that is
-- left out.
CREATE OR REPLACE TEMP TABLE touched AS
WITH offsets AS (
    SELECT
        epoch_us(starts) AS starts,
        lead(epoch_us(starts), 1, 9223372036854775807) OVER (ORDER BY starts) AS ends,
        utc_offset * 1000000::BIGINT AS ahead
    FROM zone_offsets
    WHERE time_zone = getvariable('zone')
), wanted AS (
    SELECT DISTINCT day
    FROM changed_days
    WHERE device_assignment_id = $device AND day IS NOT NULL
), midnight AS (
    SELECT DISTINCT unnest([day, day + 1])::DATE AS day
    FROM wanted
), start AS (
    SELECT day, make_timestamptz(min(greatest(starts, epoch_us(day::TIMESTAMP) - ahead))) AS moment
    FROM midnight
    JOIN offsets ON greatest(starts, epoch_us(day::TIMESTAMP) - ahead) < ends
    GROUP BY day
)
SELECT wanted.day, start.moment AS begins, next.moment AS ends
FROM wanted
JOIN start ON start.day = wanted.day
JOIN start AS next ON next.day = wanted.day + 1;

-- By the days of UTC that they lie in, two mostly, a time finds its day without all times being sorted.
CREATE OR REPLACE TEMP TABLE touched_utc AS
SELECT unnest(range(epoch_us(begins) // 86400000000, (epoch_us(ends) - 1) // 86400000000 + 1)) AS utc_day, day, begins, ends
FROM touched;

SET VARIABLE from_time = (SELECT min(begins) FROM touched);
SET VARIABLE to_time = (SELECT max(ends) FROM touched);

DELETE FROM daily_totals
WHERE device_assignment_id = $device AND day IN (SELECT day FROM touched);

INSERT INTO daily_totals
WITH delivery AS (
    SELECT
        (rate * 1000)::BIGINT AS milliunits_per_hour,
        timestamp AS began,
        coalesce(ended, greatest(timestamp, getvariable('newest'))) AS ended
    FROM basal_deliveries
    WHERE device_assignment_id = $device
      AND timestamp < getvariable('to_time')
      AND (ended IS NULL OR ended > getvariable('from_time'))
      AND rate IS NOT NULL
), begun AS (
    SELECT delivery.*, day, ends
    FROM delivery
    LEFT JOIN touched_utc ON utc_day = epoch_us(began) // 86400000000 AND began >= begins AND began < ends
), part AS (
    SELECT day, milliunits_per_hour, epoch_us(least(ended, ends)) - epoch_us(began) AS microseconds
    FROM begun
    WHERE began < ends
    UNION ALL
    SELECT touched.day, milliunits_per_hour, epoch_us(least(later.ended, touched.ends)) - epoch_us(touched.begins)
    FROM (FROM begun WHERE ends IS NULL OR ended > ends) AS later
    JOIN touched ON touched.begins > later.began AND touched.begins < later.ended
), basal AS (
    SELECT
        day,
        sum(milliunits_per_hour::HUGEINT * microseconds) / 3.6e12 AS units,
        sum(microseconds) // 1000000 AS seconds
    FROM part
    GROUP BY day
    HAVING sum(microseconds) > 0
), bolus AS (
    SELECT
        day,
        coalesce(sum(delivered), 0) AS units,
        count(*) FILTER (delivered > 0) AS boluses,
        coalesce(sum(carbs), 0) AS carbs
    FROM boluses
    JOIN touched_utc ON utc_day = epoch_us(timestamp) // 86400000000 AND timestamp >= begins AND timestamp < ends
    WHERE device_assignment_id = $device
      AND timestamp >= getvariable('from_time')
      AND timestamp < getvariable('to_time')
    GROUP BY day
), cgm AS (
    SELECT day, count(*) AS readings
    FROM cgm_readings
    JOIN touched_utc ON utc_day = epoch_us(timestamp) // 86400000000 AND timestamp >= begins AND timestamp < ends
    WHERE device_assignment_id = $device
      AND timestamp >= getvariable('from_time')
      AND timestamp < getvariable('to_time')
    GROUP BY day
)
SELECT
    $device,
    touched.day,
    touched.begins,
    round(coalesce(basal.units, 0), 3),
    coalesce(basal.seconds, 0),
    coalesce(bolus.units, 0),
    coalesce(bolus.boluses, 0),
    coalesce(bolus.carbs, 0),
    coalesce(cgm.readings, 0)
FROM touched
LEFT JOIN basal USING (day)
LEFT JOIN bolus USING (day)
LEFT JOIN cgm USING (day)
WHERE basal.day IS NOT NULL OR bolus.day IS NOT NULL OR cgm.day IS NOT NULL
ORDER BY touched.day;

DELETE FROM changed_days
WHERE device_assignment_id = $device;

DROP TABLE touched;
DROP TABLE touched_utc;
