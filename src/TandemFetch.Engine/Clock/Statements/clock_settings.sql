-- Settings of the clock of one pump, each as received last, in log order: what the clock showed before and after, in
-- microseconds since 1970. Code 13 sets the time, and its own time is that of the clock after it; code 14 sets the
-- date, and only the time of day of its own time is used. Days are counted from 2008-01-01. An entry that lacks its
-- values, or sets the clock by more than 200 years, is ignored.
WITH entry AS (
    SELECT
        (sequence_group << 32) | sequence_number AS log_position,
        event_code,
        epoch_us(pump_time) AS clock,
        try_cast(raw_event_data ->> '$.timePrior' AS BIGINT) AS time_prior,
        try_cast(raw_event_data ->> '$.timeAfter' AS BIGINT) AS time_after,
        try_cast(raw_event_data ->> '$.datePrior' AS BIGINT) AS date_prior,
        try_cast(raw_event_data ->> '$.dateAfter' AS BIGINT) AS date_after
    FROM raw_events
    WHERE id IN (SELECT raw_events_id FROM bookkeeping.clock_changes WHERE device_assignment_id = $device)
    QUALIFY row_number() OVER (PARTITION BY sequence_group, sequence_number ORDER BY revision DESC) = 1
), change AS (
    SELECT
        log_position,
        event_code,
        clock,
        date_after,
        CASE event_code
            WHEN 13 THEN try_cast((time_after::HUGEINT - time_prior) * 1000 AS BIGINT)
            ELSE try_cast((date_after::HUGEINT - date_prior) * 86400000000 AS BIGINT)
        END AS change
    FROM entry
), counted AS (
    SELECT *, coalesce(abs(change) <= 200 * 366 * 86400000000, false) AND event_code IN (13, 14) AS counts
    FROM change
), after AS (
    SELECT
        log_position,
        CASE WHEN counts THEN change ELSE 0 END AS change,
        CASE
            WHEN counts AND event_code = 14
                THEN epoch_us(TIMESTAMP '2008-01-01') + date_after * 86400000000 + (clock - clock // 86400000000 * 86400000000)
            ELSE clock
        END AS clock_after
    FROM counted
)
SELECT log_position, clock_after - change AS clock_before, clock_after
FROM after
ORDER BY log_position
