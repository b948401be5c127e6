-- The pump starts a session (212 G6, 404 Libre 2) or joins one that is already running (213 G6, 394 G7, 406 Libre 2,
-- 477 Libre 3), and stops it (214, 447, 405, 486). After a long gap it joins the same session again, which does not
-- begin a new one. It is the same session if the previous entry is a start or join of the same kind of sensor and the
-- session's own start time agrees: to ten minutes on the sensor's own clock, to a day on the pump's clock, which may
-- have been set since. A G7 join contains how long the sensor has been running (cgmTimestamp), which gives its start in
-- true time, or on the pump's clock if that is unknown. Its sessionSignature can be that of the previous sensor.

-- Whether an entry begins a session depends on the entry before it, so the last session before the range and the first
-- entry after it are evaluated again.
SET VARIABLE from_position = (
    SELECT coalesce(max(log_position), 0)
    FROM cgm_sessions
    WHERE device_assignment_id = $device AND log_position < $first);

SET VARIABLE next_entry = (
    SELECT min(log_position)
    FROM bookkeeping.therapy_entries
    WHERE device_assignment_id = $device
      AND log_position > $last
      AND is_cgm_sessions_entry(event_id));

SET VARIABLE to_position = (
    SELECT coalesce(min(log_position), end_of_log())
    FROM cgm_sessions
    WHERE device_assignment_id = $device AND log_position > coalesce(getvariable('next_entry'), end_of_log()));

DELETE FROM cgm_sessions
WHERE device_assignment_id = $device
  AND log_position >= getvariable('from_position')
  AND log_position < getvariable('to_position');

INSERT INTO cgm_sessions BY NAME
WITH parsed AS (
    SELECT
        *,
        json_transform(event_data, '{
            "cgmTimestamp": "VARCHAR", "sessionStartTime": "VARCHAR", "sessionDuration": "VARCHAR",
            "sessionDurationSecs": "VARCHAR", "sessionStopReason": "VARCHAR"}') AS said
    FROM bookkeeping.therapy_entries
    WHERE device_assignment_id = $device
      AND log_position BETWEEN getvariable('from_position') AND getvariable('to_position')
      AND is_cgm_sessions_entry(event_id)
), entry AS (
    SELECT
        *,
        CASE
            WHEN event_id IN (212, 213, 214) THEN 'G6'
            WHEN event_id IN (394, 447) THEN 'G7'
            WHEN event_id IN (404, 405, 406) THEN 'Libre 2'
            ELSE 'Libre 3'
        END AS sensor,
        event_id IN (214, 405, 447, 486) AS is_stop,
        event_id IN (212, 404) AS is_start,
        try_cast(said.cgmTimestamp AS UINTEGER)::BIGINT AS running,
        CASE event_id
            WHEN 394 THEN epoch_us(pump_time) // second_us() - running
            ELSE try_cast(said.sessionStartTime AS BIGINT)
        END AS session,
        CASE event_id WHEN 394 THEN epoch_us(timestamp) // second_us() - running END AS true_session,
        CASE
            WHEN event_id IN (212, 213, 394) THEN 600 -- ten minutes by the sensor's clock
            ELSE 93600                                -- 26 hours
        END AS tolerance
    FROM parsed
), judged AS (
    SELECT
        *,
        NOT is_stop AND NOT coalesce(
            NOT is_start
            AND NOT lag(is_stop) OVER log
            AND lag(sensor) OVER log = sensor
            AND abs(coalesce(lag(true_session) OVER log - true_session, lag(session) OVER log - session)) <= tolerance,
            false) AS begins
    FROM entry
    WINDOW log AS (ORDER BY log_position)
), numbered AS (
    SELECT *, sum(begins::INTEGER) OVER (ORDER BY log_position ROWS UNBOUNDED PRECEDING) AS number
    FROM judged
), stop AS (
    SELECT
        number,
        arg_min({'time': timestamp}, log_position).time AS timestamp,
        min(log_position) AS log_position,
        arg_min(said, log_position).sessionStopReason AS reason
    FROM numbered
    WHERE is_stop
    GROUP BY number
), rejoin AS (
    SELECT numbered.number, count(*) AS times
    FROM numbered
    LEFT JOIN stop USING (number)
    WHERE NOT numbered.begins AND NOT numbered.is_stop
      AND numbered.log_position < coalesce(stop.log_position, end_of_log())
    GROUP BY numbered.number
), session AS (
    SELECT
        begun.*,
        coalesce(rejoin.times, 0) AS rejoined,
        CASE WHEN stop.number IS NOT NULL THEN 'Stop' WHEN next.number IS NOT NULL THEN 'NextSession' END AS ended_by,
        coalesce(stop.log_position, next.log_position) AS ended_position,
        CASE WHEN stop.number IS NOT NULL THEN stop.timestamp ELSE next.timestamp END AS ended,
        stop.reason AS stop_reason
    FROM numbered AS begun
    LEFT JOIN stop USING (number)
    LEFT JOIN rejoin USING (number)
    LEFT JOIN numbered AS next ON next.begins AND next.number = begun.number + 1
    WHERE begun.begins
)
SELECT
    events_id AS id,
    events_id,
    device_assignment_id,
    log_position,
    timestamp,
    pump_time,
    sensor,
    CASE WHEN is_start THEN 'Start' ELSE 'Join' END AS began_with,
    coalesce(try_cast(said.sessionDuration AS INTEGER), whole_days(said.sessionDurationSecs)) AS planned_days,
    rejoined,
    ended,
    ended_by,
    stop_reason,
    seconds_between(timestamp, ended) AS duration_seconds,
    ended_position
FROM session
WHERE log_position < getvariable('to_position')
ORDER BY log_position;
