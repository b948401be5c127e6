-- The totals of days whose deliveries, boluses or readings changed. This runs after all other derivations, which have
-- added those days to changed_days. A delivery that spans midnight is split there; a dose belongs to the day on which
-- it was delivered.

-- A delivery that is still running counts up to the newest entry.
SET VARIABLE last_delivery = coalesce((
    SELECT log_position
    FROM basal_deliveries
    WHERE device_assignment_id = $device
    ORDER BY log_position DESC
    LIMIT 1), 0);

SET VARIABLE newest = newest_time($device, getvariable('last_delivery'));

-- If the totals themselves must be calculated again, all days of the range; otherwise the range is empty.
INSERT INTO bookkeeping.changed_days BY NAME
SELECT $device AS device_assignment_id, day
FROM (
    SELECT
        unnest(local_days(
            $zone, timestamp, coalesce(ended, greatest(timestamp, getvariable('newest')))))::DATE AS day
    FROM basal_deliveries
    WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last
    UNION
    SELECT local_day($zone, timestamp)
    FROM boluses
    WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last
    UNION
    SELECT day_of_quarter($zone, quarter)
    FROM (
        SELECT DISTINCT quarter_of(timestamp) AS quarter
        FROM cgm_readings
        WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last));

-- A day begins at the first moment whose local date is that day: at the first of two midnights, or after one that is
-- skipped.
CREATE OR REPLACE TEMP TABLE touched AS
WITH offsets AS (
    SELECT
        epoch_us(starts) AS starts,
        lead(epoch_us(starts), 1, end_of_time_us()) OVER (ORDER BY starts) AS ends,
        utc_offset::BIGINT * second_us() AS ahead
    FROM bookkeeping.zone_offsets
    WHERE time_zone = $zone
), wanted AS (
    SELECT DISTINCT day
    FROM bookkeeping.changed_days
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

-- Joining by the UTC days that a day overlaps, usually two, finds the day of a time without sorting all times.
CREATE OR REPLACE TEMP TABLE touched_utc AS
SELECT unnest(range(epoch_us(begins) // day_us(), (epoch_us(ends) - 1) // day_us() + 1)) AS utc_day, day, begins, ends
FROM touched;

SET VARIABLE from_time = (SELECT min(begins) FROM touched);
SET VARIABLE to_time = (SELECT max(ends) FROM touched);

DELETE FROM daily_totals
WHERE device_assignment_id = $device AND day IN (SELECT day FROM touched);

INSERT INTO daily_totals BY NAME
WITH delivery AS (
    SELECT
        CASE WHEN delivered IS NULL THEN (rate * 1000)::BIGINT ELSE 0 END AS milliunits_per_hour,
        timestamp AS began,
        coalesce(ended, greatest(timestamp, getvariable('newest'))) AS ended
    FROM basal_deliveries
    WHERE device_assignment_id = $device
      AND timestamp < getvariable('to_time')
      AND (ended IS NULL OR ended > getvariable('from_time'))
      AND (rate IS NOT NULL OR delivered IS NOT NULL)
), begun AS (
    SELECT delivery.*, day, ends
    FROM delivery
    LEFT JOIN touched_utc ON utc_day = epoch_us(began) // day_us() AND began >= begins AND began < ends
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
        sum(milliunits_per_hour::HUGEINT * microseconds) / (1e3 * hour_us()) AS units,
        sum(microseconds) // second_us() AS seconds
    FROM part
    GROUP BY day
    HAVING sum(microseconds) > 0
), dose AS (
    SELECT day, sum(delivered) AS units
    FROM basal_deliveries
    JOIN touched_utc ON utc_day = epoch_us(timestamp) // day_us() AND timestamp >= begins AND timestamp < ends
    WHERE device_assignment_id = $device
      AND timestamp >= getvariable('from_time')
      AND timestamp < getvariable('to_time')
      AND delivered IS NOT NULL
    GROUP BY day
), bolus AS (
    SELECT
        day,
        coalesce(sum(delivered), 0) AS units,
        count(*) FILTER (delivered > 0) AS boluses,
        coalesce(sum(carbs), 0) AS carbs
    FROM boluses
    JOIN touched_utc ON utc_day = epoch_us(timestamp) // day_us() AND timestamp >= begins AND timestamp < ends
    WHERE device_assignment_id = $device
      AND timestamp >= getvariable('from_time')
      AND timestamp < getvariable('to_time')
    GROUP BY day
), cgm AS (
    SELECT day, count(*) AS readings
    FROM cgm_readings
    JOIN touched_utc ON utc_day = epoch_us(timestamp) // day_us() AND timestamp >= begins AND timestamp < ends
    WHERE device_assignment_id = $device
      AND timestamp >= getvariable('from_time')
      AND timestamp < getvariable('to_time')
    GROUP BY day
)
SELECT
    $device AS device_assignment_id,
    touched.day,
    touched.begins AS timestamp,
    round(coalesce(basal.units, 0), 3) + coalesce(dose.units, 0) AS basal_units,
    coalesce(basal.seconds, 0) AS basal_seconds,
    coalesce(bolus.units, 0) AS bolus_units,
    coalesce(bolus.boluses, 0) AS boluses,
    coalesce(bolus.carbs, 0) AS carbs,
    coalesce(cgm.readings, 0) AS cgm_readings
FROM touched
LEFT JOIN basal USING (day)
LEFT JOIN dose USING (day)
LEFT JOIN bolus USING (day)
LEFT JOIN cgm USING (day)
WHERE basal.day IS NOT NULL OR dose.day IS NOT NULL OR bolus.day IS NOT NULL OR cgm.day IS NOT NULL
ORDER BY touched.day;

DELETE FROM bookkeeping.changed_days
WHERE device_assignment_id = $device;

DROP TABLE touched;
DROP TABLE touched_utc;
