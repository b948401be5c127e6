-- Moves what was derived from the log from $first to $last by $shift microseconds, as its events were moved. What reaches beyond an end,
-- where anything lies there, is derived again: its rows hold times of both sides, and readings from both sides may now be of the same
-- moment. A clock is set by 26 hours at most, and 10,000 places are some three days of log.

UPDATE therapy_entries
SET timestamp = make_timestamptz(epoch_us(timestamp) + $shift)
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

UPDATE cgm_readings
SET timestamp = make_timestamptz(epoch_us(timestamp) + $shift)
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

UPDATE basal_deliveries
SET timestamp = make_timestamptz(epoch_us(timestamp) + $shift),
    ended     = make_timestamptz(epoch_us(ended) + $shift)
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

UPDATE boluses
SET timestamp = make_timestamptz(epoch_us(timestamp) + $shift),
    started   = make_timestamptz(epoch_us(started) + $shift),
    ended     = make_timestamptz(epoch_us(ended) + $shift)
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

UPDATE bg_readings
SET timestamp = make_timestamptz(epoch_us(timestamp) + $shift)
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

UPDATE alerts
SET timestamp    = make_timestamptz(epoch_us(timestamp) + $shift),
    acknowledged = make_timestamptz(epoch_us(acknowledged) + $shift),
    cleared      = make_timestamptz(epoch_us(cleared) + $shift)
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

UPDATE suspensions
SET timestamp = make_timestamptz(epoch_us(timestamp) + $shift),
    ended     = make_timestamptz(epoch_us(ended) + $shift)
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

UPDATE site_changes
SET timestamp = make_timestamptz(epoch_us(timestamp) + $shift)
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

UPDATE user_modes
SET timestamp = make_timestamptz(epoch_us(timestamp) + $shift),
    ended     = make_timestamptz(epoch_us(ended) + $shift)
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

UPDATE cgm_sessions
SET timestamp = make_timestamptz(epoch_us(timestamp) + $shift),
    ended     = make_timestamptz(epoch_us(ended) + $shift)
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

-- All days that the stretch lay in, and those it lies in now.
INSERT INTO changed_days
SELECT $device, unnest(generate_series(
    timezone(pumps.time_zone, make_timestamptz(span.first - abs($shift)))::DATE,
    timezone(pumps.time_zone, make_timestamptz(span.last + abs($shift)))::DATE,
    INTERVAL 1 DAY))::DATE
FROM pumps, (
    SELECT epoch_us(min(timestamp)) AS first, epoch_us(max(timestamp)) AS last
    FROM events
    WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last) AS span
WHERE pumps.device_assignment_id = $device;

-- A reading can be of quite another time than its entry.
INSERT INTO changed_days
SELECT DISTINCT $device, timezone(pumps.time_zone, make_timestamptz(unnest([moment.now, moment.now - $shift])))::DATE
FROM pumps, (
    SELECT epoch_us(timestamp) AS now
    FROM cgm_readings
    WHERE device_assignment_id = $device
      AND log_position BETWEEN $first AND $last
      AND timestamp NOT BETWEEN
          (SELECT min(timestamp) FROM events WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last)
          AND (SELECT max(timestamp) FROM events WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last)) AS moment
WHERE pumps.device_assignment_id = $device;

-- To the next therapy entry on both sides at least: a row that reaches beyond the end begins at one, and a stretch without any would be taken
-- for one that changes no such row.
INSERT INTO underived_ranges
WITH border AS (
    SELECT min(log_position) AS place
    FROM events
    WHERE device_assignment_id = $device
      AND log_position BETWEEN $first AND $last
      AND EXISTS (FROM events WHERE device_assignment_id = $device AND log_position < $first)
    UNION ALL
    SELECT max(log_position)
    FROM events
    WHERE device_assignment_id = $device
      AND log_position BETWEEN $first AND $last
      AND EXISTS (FROM events WHERE device_assignment_id = $device AND log_position > $last)
)
SELECT
    $device,
    least(place - 10000, (SELECT max(log_position) FROM therapy_entries WHERE device_assignment_id = $device AND log_position <= place)),
    greatest(place + 10000, (SELECT min(log_position) FROM therapy_entries WHERE device_assignment_id = $device AND log_position >= place))
FROM border
WHERE place IS NOT NULL;
