-- Finds again where the clock of the pump $device steps without a setting, between the entries at $first and $last.
-- The values in a setting are part of the log: its time is read before and after it.

DELETE FROM bookkeeping.clock_steps
WHERE device_assignment_id = $device
  AND log_position > $first
  AND log_position <= $last;

INSERT INTO bookkeeping.clock_steps BY NAME
WITH setting AS (
{settings}
), revised AS (
    SELECT sequence_group, sequence_number, revision
    FROM raw_events
    WHERE device_assignment_id = $device AND revision > 0
), entry AS (
    SELECT (raw.sequence_group << 32) | raw.sequence_number AS log_position, epoch_us(pump_time) AS clock
    FROM raw_events AS raw
    ANTI JOIN revised
      ON revised.sequence_group = raw.sequence_group
     AND revised.sequence_number = raw.sequence_number
     AND revised.revision > raw.revision
    WHERE device_assignment_id = $device
      AND (raw.sequence_group << 32) | raw.sequence_number BETWEEN $first AND $last
), reading AS (
    SELECT log_position, coalesce(clock_before, clock) AS clock_before, coalesce(clock_after, clock) AS clock_after
    FROM entry
    LEFT JOIN setting USING (log_position)
), step AS (
    SELECT log_position, lag(clock_after) OVER (ORDER BY log_position) AS left_at, clock_before AS came_to
    FROM reading
)
SELECT
    $device AS device_assignment_id,
    log_position,
    make_timestamp(left_at) AS time_before,
    make_timestamp(came_to) AS time_after
FROM step
WHERE came_to - left_at < -300000000 OR came_to - left_at >= 43200000000
ORDER BY log_position;
