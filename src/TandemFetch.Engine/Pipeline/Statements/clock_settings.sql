-- Settings of the clock of one pump, each as it was received last, in log order.
SELECT
    (sequence_group << 32) | sequence_number AS position,
    epoch_us(pump_time) AS pump_time,
    event_code,
    try_cast(raw_event_data ->> '$.timePrior' AS BIGINT) AS time_prior,
    try_cast(raw_event_data ->> '$.timeAfter' AS BIGINT) AS time_after,
    try_cast(raw_event_data ->> '$.datePrior' AS BIGINT) AS date_prior,
    try_cast(raw_event_data ->> '$.dateAfter' AS BIGINT) AS date_after
FROM raw_events
WHERE id IN (SELECT raw_events_id FROM clock_changes WHERE device_assignment_id = $device)
QUALIFY row_number() OVER (PARTITION BY sequence_group, sequence_number ORDER BY revision DESC) = 1
ORDER BY position
