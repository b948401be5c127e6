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
        log_position,
        coalesce(timestamp, pump_time::TIMESTAMPTZ) AS clock,
        lead(clock) OVER (ORDER BY log_position) AS next_clock
    FROM events
    WHERE device_assignment_id = $device
      AND log_position BETWEEN getvariable('from_position') AND getvariable('to_position')
), gap AS (
    SELECT log_position, clock
    FROM log
    WHERE next_clock - clock > INTERVAL 15 MINUTE
), delivery AS (
    SELECT
        id, log_position, timestamp, pump_time,
        coalesce(timestamp, pump_time::TIMESTAMPTZ) AS clock,
        lead(log_position) OVER (ORDER BY log_position) AS next_position,
        lead(clock) OVER (ORDER BY log_position) AS next_clock,
        json_extract_string(event_data, [
            '$.commandedRate', '$.commandedRateSource', '$.profileBasalRate', '$.algorithmRate', '$.tempRate']) AS part
    FROM events
    WHERE device_assignment_id = $device
      AND log_position BETWEEN getvariable('from_position') AND getvariable('to_position')
      AND event_id = 279
), closed AS (
    SELECT
        delivery.*,
        CASE
            WHEN gap.log_position < coalesce(delivery.next_position, 9223372036854775807) THEN gap.clock
            ELSE delivery.next_clock
        END AS ended
    FROM delivery
    ASOF LEFT JOIN gap ON gap.log_position >= delivery.log_position
)
SELECT
    id,
    id,
    $device,
    log_position,
    timestamp,
    pump_time,
    try_cast(part[1] AS DECIMAL(10, 0)) / 1000,
    part[2],
    try_cast(part[3] AS DECIMAL(10, 0)) / 1000,
    try_cast(part[4] AS DECIMAL(10, 0)) / 1000,
    try_cast(part[5] AS DECIMAL(10, 0)) / 1000,
    CASE WHEN timestamp IS NOT NULL THEN ended END,
    epoch(ended - clock)::BIGINT
FROM closed
WHERE log_position <= $last
ORDER BY log_position;
