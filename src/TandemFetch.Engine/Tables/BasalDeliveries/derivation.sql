-- Code 279: a rate applies until the next one of the same pump. Pumps with a newer algorithm log doses instead, 558
-- when a dose starts and 559, with the amount delivered, when it is complete; for an incomplete dose, the log does not
-- contain the amount. A dose is delivered at once; its rate and duration describe its purpose. If the pump logs nothing
-- for more than 15 minutes (off, or part of the log lost), a delivery ends with the last entry before the gap. It also
-- ends where true time becomes known or unknown, because its duration beyond that point is unknown. A new entry also
-- changes the delivery before it, and the first entry after the range determines where the last delivery ends.

-- The highest position of a table is found by its order without reading the table, which an aggregate would read.
SET VARIABLE from_position = coalesce((
    SELECT log_position
    FROM basal_deliveries
    WHERE device_assignment_id = $device AND log_position < $first
    ORDER BY log_position DESC
    LIMIT 1), $first);

-- The start of a dose comes before its end, so the entries of the range can belong to the first delivery after it,
-- which lasts until the second. They are usually near; searching everything that follows takes longer the longer the
-- log.
SET VARIABLE following = coalesce((
    SELECT min(log_position, 2)
    FROM events
    WHERE device_assignment_id = $device
      AND log_position > $last
      AND log_position <= $last + days_of_log()
      AND begins_basal_deliveries(event_id)), []);

SET VARIABLE following = coalesce((
    SELECT min(log_position, 2)
    FROM events
    WHERE device_assignment_id = $device
      AND log_position > $last
      AND begins_basal_deliveries(event_id)
      AND len(getvariable('following')) < 2), getvariable('following'));

SET VARIABLE last_position = coalesce(getvariable('following')[1], $last);

SET VARIABLE to_position = coalesce(getvariable('following')[2], (
    SELECT coalesce(max(log_position), $last)
    FROM events
    WHERE device_assignment_id = $device AND log_position >= $last AND len(getvariable('following')) < 2));

-- The start of the dose of the first delivery.
SET VARIABLE start_position = coalesce((
    SELECT max(log_position)
    FROM events
    WHERE device_assignment_id = $device
      AND log_position < getvariable('from_position')
      AND log_position >= getvariable('from_position') - day_of_log()
      AND is_basal_deliveries_entry(event_id)), getvariable('from_position'));

-- From the first delivery that changes to the last: a delivery that was still running may have been counted up to the
-- newest day.
INSERT INTO bookkeeping.changed_days BY NAME
SELECT
    $device AS device_assignment_id,
    unnest(generate_series(
        local_day($zone, min(timestamp)),
        greatest(
            local_day($zone, max(coalesce(ended, timestamp))),
            CASE
                WHEN bool_or(ended IS NULL)
                THEN (SELECT max(day) FROM daily_totals WHERE device_assignment_id = $device)
            END),
        INTERVAL 1 DAY))::DATE AS day
FROM basal_deliveries
WHERE device_assignment_id = $device
  AND log_position BETWEEN getvariable('from_position') AND getvariable('last_position')
  AND timestamp IS NOT NULL;

DELETE FROM basal_deliveries
WHERE device_assignment_id = $device
  AND log_position BETWEEN getvariable('from_position') AND getvariable('last_position');

INSERT INTO basal_deliveries BY NAME
WITH entry AS (
    SELECT
        id, log_position, timestamp, pump_time, event_id,
        json_transform(event_data, '{
            "commandedRate": "VARCHAR", "commandedRateSource": "VARCHAR", "profileBasalRate": "VARCHAR",
            "algorithmRate": "VARCHAR", "tempRate": "VARCHAR", "doseId": "VARCHAR", "doseSource": "VARCHAR",
            "currentBasalRate": "VARCHAR", "syncDoseSizeDelivered": "VARCHAR"}') AS said
    FROM events
    WHERE device_assignment_id = $device
      AND log_position BETWEEN getvariable('start_position') AND getvariable('to_position')
      AND is_basal_deliveries_entry(event_id)
), valued AS (
    SELECT
        id, log_position, timestamp, pump_time, event_id,
        said.doseId AS dose_id,
        hourly_rate(CASE event_id WHEN 559 THEN said.currentBasalRate ELSE said.commandedRate END) AS rate,
        CASE event_id WHEN 559 THEN said.doseSource ELSE said.commandedRateSource END AS rate_source,
        hourly_rate(said.profileBasalRate) AS said_profile_rate,
        hourly_rate(said.algorithmRate) AS algorithm_rate,
        hourly_rate(said.tempRate) AS temp_rate,
        CASE event_id WHEN 559 THEN insulin(rounded(said.syncDoseSizeDelivered)) END AS delivered
    FROM entry
), rated AS (
    -- The ids of doses repeat: the start of a dose is the entry before its end, from the same day of the log.
    SELECT
        id, log_position, timestamp, pump_time, rate, rate_source,
        CASE
            WHEN event_id <> 559 THEN said_profile_rate
            WHEN lag(event_id) OVER log = 558
                AND lag(dose_id) OVER log = dose_id
                AND log_position - lag(log_position) OVER log <= day_of_log()
            THEN lag(said_profile_rate) OVER log
        END AS profile_rate,
        algorithm_rate, temp_rate, delivered
    FROM valued
    WINDOW log AS (ORDER BY log_position)
    QUALIFY begins_basal_deliveries(event_id) AND log_position >= getvariable('from_position')
), delivery AS (
    SELECT
        *,
        coalesce(epoch_us(timestamp), epoch_us(pump_time)) AS clock,
        epoch_us(pump_time) - epoch_us(timestamp) AS ahead,
        lead(log_position) OVER log AS next_position,
        lead(clock) OVER log AS next_clock,
        lead(ahead) OVER log AS next_ahead
    FROM rated
    WINDOW log AS (ORDER BY log_position)
), apart AS (
    -- A gap is possible only between two deliveries that are more than 15 minutes or a setting of the clock apart;
    -- searching only there takes half the time.
    SELECT log_position, coalesce(next_position, end_of_log()) AS next_position
    FROM delivery
    WHERE next_position IS NULL OR next_clock - clock > quarter_us() OR next_ahead IS DISTINCT FROM ahead
), stretch AS (
    SELECT DISTINCT log_position // 256 AS number
    FROM events
    WHERE device_assignment_id = $device
      AND log_position BETWEEN getvariable('from_position') AND getvariable('to_position')
), log AS (
    SELECT
        log_position,
        clock_apart(timestamp, pump_time) AS clock,
        lead(clock) OVER (ORDER BY log_position) AS next_clock
    FROM events
    WHERE device_assignment_id = $device
      AND log_position BETWEEN getvariable('from_position') AND getvariable('to_position')
      AND log_position // 256 IN (
          SELECT number
          FROM stretch
          JOIN apart ON number BETWEEN apart.log_position // 256 AND apart.next_position // 256)
), gap AS (
    SELECT log_position, CASE WHEN clock < 0 THEN clock + unknown_us() ELSE clock END AS clock
    FROM log
    WHERE next_clock - clock > quarter_us() OR sign(next_clock) <> sign(clock)
), stop AS (
    SELECT
        apart.log_position,
        min(gap.log_position) AS end_position,
        arg_min(gap.clock, gap.log_position) AS end_clock
    FROM gap
    ASOF JOIN apart ON gap.log_position >= apart.log_position
    WHERE gap.log_position < apart.next_position
    GROUP BY apart.log_position
), timed AS (
    SELECT
        delivery.*,
        coalesce(stop.end_position, delivery.next_position) AS ended_position,
        coalesce(stop.end_clock, delivery.next_clock) AS end_known,
        -- a clock that was set correctly can show less than before
        CASE WHEN end_known IS NOT NULL THEN greatest(delivery.clock, end_known) END AS end_clock
    FROM delivery
    LEFT JOIN stop USING (log_position)
)
SELECT
    id,
    id AS events_id,
    $device AS device_assignment_id,
    log_position,
    timestamp,
    pump_time,
    rate,
    rate_source,
    profile_rate,
    algorithm_rate,
    temp_rate,
    CASE WHEN timestamp IS NOT NULL THEN make_timestamptz(end_clock) END AS ended,
    (end_clock - clock) // second_us() AS duration_seconds,
    ended_position,
    delivered
FROM timed
WHERE log_position <= getvariable('last_position')
ORDER BY log_position;

-- A delivery that is still running counts up to the newest entry.
SET VARIABLE last_delivery = coalesce((
    SELECT log_position
    FROM basal_deliveries
    WHERE device_assignment_id = $device
    ORDER BY log_position DESC
    LIMIT 1), 0);

SET VARIABLE newest = newest_time($device, getvariable('last_delivery'));

INSERT INTO bookkeeping.changed_days BY NAME
SELECT
    $device AS device_assignment_id,
    unnest(local_days(
        $zone,
        min(timestamp),
        max(coalesce(ended, greatest(timestamp, getvariable('newest'))))))::DATE AS day
FROM basal_deliveries
WHERE device_assignment_id = $device
  AND log_position BETWEEN getvariable('from_position') AND getvariable('last_position')
  AND timestamp IS NOT NULL;
