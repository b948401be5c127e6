-- Code 279: a rate holds until the next one of the same pump. Where the pump logs nothing at all for more than
-- 15 minutes (off, or part of the log lost), it ends with the last entry before the gap.
-- A new entry also changes the delivery before it, and the first one after it tells where the last one ends.

SET VARIABLE from_position = (
    SELECT coalesce(max(log_position), $first)
    FROM basal_deliveries
    WHERE device_assignment_id = $device AND log_position < $first);

SET VARIABLE to_position = (
    SELECT coalesce(min(log_position), 9223372036854775807)
    FROM events
    WHERE device_assignment_id = $device AND log_position > $last AND event_id = 279);

DELETE FROM basal_deliveries
WHERE device_assignment_id = $device AND log_position BETWEEN getvariable('from_position') AND $last;

INSERT INTO basal_deliveries
WITH log AS (
    SELECT
        id, log_position, timestamp, pump_time, event_id,
        coalesce(timestamp, pump_time::TIMESTAMPTZ) AS clock,
        lead(clock) OVER (ORDER BY log_position) AS next_clock
    FROM events
    WHERE device_assignment_id = $device
      AND log_position BETWEEN getvariable('from_position') AND getvariable('to_position')
), stretch AS (
    SELECT
        *,
        -- of each entry: how many rates were commanded up to it, so that entries fall into one group per delivery
        count(*) FILTER (event_id = 279) OVER (ORDER BY log_position ROWS UNBOUNDED PRECEDING) AS delivery
    FROM log
), delivery_end AS (
    SELECT
        delivery,
        min(clock) FILTER (next_clock - clock > INTERVAL 15 MINUTE) AS log_stops,
        max(next_clock) AS next_delivery,
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
    CASE WHEN timestamp IS NOT NULL THEN coalesce(log_stops, CASE WHEN NOT is_last THEN next_delivery END) END,
    epoch(coalesce(log_stops, CASE WHEN NOT is_last THEN next_delivery END) - clock)::BIGINT
FROM rated
JOIN delivery_end USING (delivery)
ORDER BY log_position;
