-- Sessions of the glucose sensor that were stopped. Where the next session begins without a stop, its start is enough.
SELECT
    pump,
    time_zone,
    ended_position AS log_position,
    epoch_ms(ended) AS time_ms,
    sensor,
    stop_reason
FROM cgm_sessions
JOIN nightscout_pumps USING (device_assignment_id)
WHERE ended_by = 'Stop'
  AND ended_position IS NOT NULL
