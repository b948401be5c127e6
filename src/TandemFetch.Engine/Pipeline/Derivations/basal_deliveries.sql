-- Code 279: a rate holds until the next one of the same pump. Where the pump logs nothing at all for more than
-- 15 minutes (off, or part of the log lost), it ends with the last entry before the gap, and so it does where true time becomes
-- known or unknown: nobody can tell how long it lasts beyond. A new entry also changes the delivery before it, and the first
-- one after it tells where the last one ends.

SET VARIABLE from_position = (
    SELECT coalesce(max(log_position), $first)
    FROM basal_deliveries
    WHERE device_assignment_id = $device AND log_position < $first);

SET VARIABLE to_position = (
    SELECT coalesce(min(log_position), 9223372036854775807)
    FROM events
    WHERE device_assignment_id = $device AND log_position > $last AND event_id = 279);

-- A delivery that went on may have been counted up to the newest day.
INSERT INTO changed_days
SELECT DISTINCT unnest(generate_series(
    timezone(getvariable('zone'), timestamp)::DATE,
    coalesce(
        timezone(getvariable('zone'), ended)::DATE,
        (SELECT max(day) FROM daily_totals WHERE device_assignment_id = $device),
        timezone(getvariable('zone'), timestamp)::DATE),
    INTERVAL 1 DAY))::DATE
FROM basal_deliveries
WHERE device_assignment_id = $device
  AND log_position BETWEEN getvariable('from_position') AND $last
  AND timestamp IS NOT NULL;

DELETE FROM basal_deliveries
WHERE device_assignment_id = $device AND log_position BETWEEN getvariable('from_position') AND $last;

INSERT INTO basal_deliveries
WITH log AS (
    SELECT
        id, log_position, timestamp, pump_time, event_id,
        -- microseconds throughout: differences of times count in days and depend on the session's zone
        coalesce(epoch_us(timestamp), epoch_us(pump_time)) AS clock,
        timestamp IS NOT NULL AS is_known,
        lead(clock) OVER (ORDER BY log_position) AS next_clock,
        lead(is_known) OVER (ORDER BY log_position) AS next_is_known
    FROM events
    WHERE device_assignment_id = $device
      AND log_position BETWEEN getvariable('from_position') AND getvariable('to_position')
), stretch AS (
    SELECT
        *,
        -- of each entry: how many rates were commanded up to it, so that entries fall into one group per delivery
        -- (a sum, because DuckDB counts a filtered running count anew for each row)
        sum((event_id = 279)::INTEGER) OVER (ORDER BY log_position ROWS UNBOUNDED PRECEDING) AS delivery
    FROM log
), delivery_end AS (
    SELECT
        delivery,
        arg_min(clock, log_position) FILTER (next_clock - clock > 900000000 OR next_is_known <> is_known) AS log_stops,
        arg_max(next_clock, log_position) AS next_delivery,
        bool_or(next_clock IS NULL) AS is_last
    FROM stretch
    WHERE delivery > 0
    GROUP BY delivery
), rated AS (
    SELECT
        stretch.*,
        json_extract_string(event.event_data, [
            '$.commandedRate', '$.commandedRateSource', '$.profileBasalRate', '$.algorithmRate', '$.tempRate']) AS rates
    FROM stretch
    JOIN events AS event USING (id)
    WHERE stretch.event_id = 279
      AND event.device_assignment_id = $device
      AND event.event_id = 279
      AND event.log_position BETWEEN getvariable('from_position') AND $last
), timed AS (
    SELECT
        rated.*,
        -- a clock that was set right can show less than before
        greatest(clock, coalesce(log_stops, CASE WHEN NOT is_last THEN next_delivery END)) AS end_clock,
        log_stops IS NULL AND is_last AS goes_on
    FROM rated
    JOIN delivery_end USING (delivery)
)
SELECT
    id,
    id,
    $device,
    log_position,
    timestamp,
    pump_time,
    try_cast(rates[1] AS DECIMAL(10, 0)) / 1000,
    rates[2],
    try_cast(rates[3] AS DECIMAL(10, 0)) / 1000,
    try_cast(rates[4] AS DECIMAL(10, 0)) / 1000,
    try_cast(rates[5] AS DECIMAL(10, 0)) / 1000,
    CASE WHEN is_known AND NOT goes_on THEN make_timestamptz(end_clock) END,
    CASE WHEN NOT goes_on THEN (end_clock - clock) // 1000000 END
FROM timed
ORDER BY log_position;

-- A delivery that goes on counts up to the newest entry.
SET VARIABLE last_delivery = (SELECT coalesce(max(log_position), 0) FROM basal_deliveries WHERE device_assignment_id = $device);

SET VARIABLE newest = (
    SELECT max(timestamp)
    FROM events
    WHERE device_assignment_id = $device AND log_position >= getvariable('last_delivery'));

INSERT INTO changed_days
SELECT DISTINCT unnest(generate_series(
    timezone(getvariable('zone'), timestamp)::DATE,
    timezone(getvariable('zone'), coalesce(ended, greatest(timestamp, getvariable('newest'))))::DATE,
    INTERVAL 1 DAY))::DATE
FROM basal_deliveries
WHERE device_assignment_id = $device
  AND log_position BETWEEN getvariable('from_position') AND $last
  AND timestamp IS NOT NULL;
