-- Within a span of the clock, time does not run backwards by more than 5 minutes, which would mean that a setting or a
-- jump of the clock is missing.
WITH step AS (
    SELECT
        events.device_assignment_id, log_position, pump_time,
        lag(pump_time) OVER (PARTITION BY events.device_assignment_id, first_position ORDER BY log_position) AS time_before
    FROM events
    JOIN clock_spans AS span
      ON span.device_assignment_id = events.device_assignment_id
     AND log_position BETWEEN first_position AND coalesce(last_position, 9223372036854775807)
)
SELECT concat_ws(' ', device_assignment_id, log_position) AS key
FROM step
WHERE epoch_us(time_before) - epoch_us(pump_time) > 300000000
