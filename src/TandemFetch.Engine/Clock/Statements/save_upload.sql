-- Records the upload of the pump $device at $uploaded, whose newest entry has the time $newest, replacing an earlier
-- one of the same day. An upload whose newest entry is not in the file shows nothing.
DELETE FROM bookkeeping.clock_uploads
WHERE device_assignment_id = $device
  AND epoch_us(uploaded) // 86400000000 = epoch_us($uploaded::TIMESTAMP) // 86400000000;

INSERT INTO bookkeeping.clock_uploads BY NAME
SELECT
    $device AS device_assignment_id,
    max((sequence_group << 32) | sequence_number) AS log_position,
    $newest::TIMESTAMP AS pump_time,
    timezone('UTC', $uploaded::TIMESTAMP) AS uploaded
FROM raw_events
WHERE device_assignment_id = $device AND pump_time = $newest::TIMESTAMP
HAVING count(*) > 0;
