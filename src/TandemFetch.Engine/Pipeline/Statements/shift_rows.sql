-- Moves what was derived from the log from $first to $last by $shift microseconds, as its events were moved. Every time moves with the entry that
-- it is of: which entry ends an alert, a suspension, a mode or a sensor session is told by their order in the log, which stays as it is.

SET VARIABLE first_moved = $first;
SET VARIABLE last_moved = $last;
SET VARIABLE shift_us = $shift;

CREATE OR REPLACE TEMP MACRO moved(moment, place) AS
    CASE
        WHEN place BETWEEN getvariable('first_moved') AND getvariable('last_moved') THEN make_timestamptz(epoch_us(moment) + getvariable('shift_us'))
        ELSE moment
    END;

CREATE OR REPLACE TEMP MACRO seconds_between(began, finished) AS
    CASE WHEN began IS NOT NULL AND finished IS NOT NULL THEN greatest(0, (epoch_us(finished) - epoch_us(began)) // 1000000) END;

UPDATE therapy_entries
SET timestamp = moved(timestamp, log_position)
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

UPDATE cgm_readings
SET timestamp = moved(timestamp, log_position)
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

UPDATE basal_deliveries
SET timestamp = moved(timestamp, log_position),
    ended     = moved(ended, log_position)
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

UPDATE boluses
SET timestamp = moved(timestamp, log_position),
    started   = moved(started, log_position),
    ended     = moved(ended, log_position)
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

UPDATE bg_readings
SET timestamp = moved(timestamp, log_position)
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

UPDATE alerts
SET timestamp        = moved(timestamp, log_position),
    acknowledged     = moved(acknowledged, acknowledged_position),
    cleared          = moved(cleared, cleared_position),
    duration_seconds = seconds_between(moved(timestamp, log_position), moved(cleared, cleared_position))
WHERE device_assignment_id = $device
  AND log_position <= $last
  AND greatest(log_position, acknowledged_position, cleared_position) >= $first;

UPDATE suspensions
SET timestamp        = moved(timestamp, log_position),
    ended            = moved(ended, ended_position),
    duration_seconds = seconds_between(moved(timestamp, log_position), moved(ended, ended_position))
WHERE device_assignment_id = $device AND log_position <= $last AND greatest(log_position, ended_position) >= $first;

UPDATE site_changes
SET timestamp = moved(timestamp, log_position)
WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last;

UPDATE user_modes
SET timestamp        = moved(timestamp, log_position),
    ended            = moved(ended, ended_position),
    duration_seconds = seconds_between(moved(timestamp, log_position), moved(ended, ended_position))
WHERE device_assignment_id = $device AND log_position <= $last AND greatest(log_position, ended_position) >= $first;

UPDATE cgm_sessions
SET timestamp        = moved(timestamp, log_position),
    ended            = moved(ended, ended_position),
    duration_seconds = seconds_between(moved(timestamp, log_position), moved(ended, ended_position))
WHERE device_assignment_id = $device AND log_position <= $last AND greatest(log_position, ended_position) >= $first;

SET VARIABLE span = (
    SELECT {'first': min(timestamp), 'last': max(timestamp)}
    FROM events
    WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last);

-- All days that the stretch lay in, and those it lies in now.
INSERT INTO changed_days
SELECT $device, unnest(generate_series(
    timezone(getvariable('zone'), make_timestamptz(epoch_us(getvariable('span').first) - abs($shift)))::DATE,
    timezone(getvariable('zone'), make_timestamptz(epoch_us(getvariable('span').last) + abs($shift)))::DATE,
    INTERVAL 1 DAY))::DATE;

-- A reading can be of quite another time than its entry.
INSERT INTO changed_days
SELECT DISTINCT $device, timezone(getvariable('zone'), make_timestamptz(unnest([epoch_us(timestamp), epoch_us(timestamp) - $shift])))::DATE
FROM cgm_readings
WHERE device_assignment_id = $device
  AND log_position BETWEEN $first AND $last
  AND timestamp NOT BETWEEN getvariable('span').first AND getvariable('span').last;

-- What depends on how far apart two entries are is derived again where one of them moved and the other did not: the delivery that reaches across an
-- end, and readings that may now be of the same moment. A clock is set by 26 hours at most, and 10,000 places are some three days of log.
INSERT INTO underived_ranges
SELECT $device, $first - 10000, $first, false
WHERE EXISTS (FROM events WHERE device_assignment_id = $device AND log_position < $first)
UNION ALL
SELECT $device, $last - 10000, $last, false
WHERE EXISTS (FROM events WHERE device_assignment_id = $device AND log_position > $last);

-- And a bolus that lies on both sides of an end, or two of the same id that may become one.
INSERT INTO underived_ranges
SELECT $device, earlier.log_position, later.last_position, true
FROM (SELECT unnest([$first - 1, $last]) AS place) AS border
JOIN boluses AS earlier ON earlier.log_position <= place AND earlier.last_position > place - 10000
JOIN boluses AS later ON later.bolus_id = earlier.bolus_id AND later.last_position > place AND later.log_position - 10000 <= place
WHERE earlier.device_assignment_id = $device AND later.device_assignment_id = $device;
