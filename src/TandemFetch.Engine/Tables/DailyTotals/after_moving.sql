-- All days in which the moved range was, and those in which it is now.
SET VARIABLE moved_span = (
    SELECT {'first': min(timestamp), 'last': max(timestamp)}
    FROM events
    WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last);

INSERT INTO bookkeeping.changed_days BY NAME
SELECT
    $device AS device_assignment_id,
    unnest(local_days(
        $zone,
        make_timestamptz(epoch_us(getvariable('moved_span').first) - abs($shift)),
        make_timestamptz(epoch_us(getvariable('moved_span').last) + abs($shift))))::DATE AS day;

-- The time of a reading can be very different from that of its entry.
INSERT INTO bookkeeping.changed_days BY NAME
SELECT DISTINCT
    $device AS device_assignment_id,
    local_day($zone, make_timestamptz(unnest([epoch_us(timestamp), epoch_us(timestamp) - $shift]))) AS day
FROM cgm_readings
WHERE device_assignment_id = $device
  AND log_position BETWEEN $first AND $last
  AND timestamp NOT BETWEEN getvariable('moved_span').first AND getvariable('moved_span').last;
