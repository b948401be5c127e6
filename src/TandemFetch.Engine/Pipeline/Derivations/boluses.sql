-- One row per bolus, joined from 64, 65, 66 (requested), 55 and 59 (started: now part, extended part), 280 (progress) and
-- 20 and 21 (completed: now part, extended part). The id of a bolus is a 16-bit counter and comes again: entries belong together
-- while they follow each other within 24 hours. Where true time is unknown on either side, within as many places of
-- the log as a pump fills in a day.

CREATE OR REPLACE TEMP TABLE touched AS
SELECT subject
FROM therapy_entries
WHERE device_assignment_id = $device
  AND log_position BETWEEN $first AND $last
  AND event_id IN (20, 21, 55, 59, 64, 65, 66, 280)
UNION
SELECT bolus_id::VARCHAR
FROM boluses
WHERE device_assignment_id = $device AND last_position >= $first AND log_position <= $last;

INSERT INTO changed_days
SELECT DISTINCT $device, timezone(getvariable('zone'), timestamp)::DATE
FROM boluses
WHERE device_assignment_id = $device AND bolus_id::VARCHAR IN (SELECT subject FROM touched);

DELETE FROM boluses
WHERE device_assignment_id = $device AND bolus_id::VARCHAR IN (SELECT subject FROM touched);

INSERT INTO boluses
WITH entry AS (
    SELECT
        *,
        lag(log_position) OVER same_id AS last_place,
        lag(timestamp) OVER same_id AS last_time
    FROM therapy_entries
    WHERE device_assignment_id = $device
      AND event_id IN (20, 21, 55, 59, 64, 65, 66, 280)
      AND subject IN (SELECT subject FROM touched)
      AND try_cast(subject AS INTEGER) IS NOT NULL
    WINDOW same_id AS (PARTITION BY subject ORDER BY log_position)
), numbered AS (
    SELECT
        *,
        sum((NOT coalesce(
            CASE
                WHEN timestamp IS NOT NULL AND last_time IS NOT NULL THEN abs(epoch_us(timestamp) - epoch_us(last_time)) <= 86400000000
                ELSE log_position - last_place <= 3500
            END, false))::INTEGER)
            OVER (PARTITION BY subject ORDER BY log_position ROWS UNBOUNDED PRECEDING) AS round
    FROM entry
), part AS (
    SELECT
        *,
        json_extract_string(event_data, [
            '$.carbAmount', '$.bg', '$.iob', '$.carbRatio', '$.bolusType',                    -- 64: 1 to 5
            '$.options', '$.standardPercent', '$.duration', '$.isf', '$.targetBg',            -- 65: 6 to 10
            '$.userOverride', '$.declinedCorrection',                                         -- 65: 11, 12
            '$.foodBolusSize', '$.correctionBolusSize', '$.totalBolusSize',                   -- 66: 13 to 15
            '$.bolusSize', '$.bolexSize',                                                     -- 55: 16, 59: 17
            '$.bolusDeliveryStatus', '$.bolusSource', '$.requestedNow', '$.requestedLater',   -- 280: 18 to 21
            '$.extendedDurationRequested', '$.deliveredTotal', '$.correction',                -- 280: 22 to 24
            '$.completionStatus', '$.insulinDelivered', '$.insulinRequested']) AS part        -- 20 and 21: 25 to 27
    FROM numbered
), bolus AS (
    SELECT
        subject,
        round,
        arg_min(events_id, log_position) AS events_id,
        min(log_position) AS log_position,
        max(log_position) AS last_position,
        arg_min({'time': timestamp}, log_position).time AS timestamp,
        arg_min(pump_time, log_position) AS pump_time,
        arg_max(part, log_position) FILTER (event_id = 64) AS msg1,
        arg_max(part, log_position) FILTER (event_id = 65) AS msg2,
        arg_max(part, log_position) FILTER (event_id = 66) AS msg3,
        arg_min(part, log_position) FILTER (event_id = 55) AS now_started,
        arg_min(part, log_position) FILTER (event_id = 59) AS later_started,
        arg_max(part, log_position) FILTER (event_id = 280) AS progress,
        arg_max(part, log_position) FILTER (event_id = 280 AND part[18] = 'Bolus Completed') AS final_progress,
        arg_max(part, log_position) FILTER (event_id = 20) AS now_completed,
        arg_max(part, log_position) FILTER (event_id = 21) AS later_completed,
        arg_min({'time': timestamp}, log_position)
            FILTER (event_id IN (55, 59) OR event_id = 280 AND part[18] = 'Bolus Started').time AS started,
        arg_max({'time': timestamp}, log_position) FILTER (event_id = 20).time AS now_ended,
        arg_max({'time': timestamp}, log_position) FILTER (event_id = 21).time AS later_ended,
        arg_max({'time': timestamp}, log_position) FILTER (event_id = 280 AND part[18] = 'Bolus Completed').time AS final_time
    FROM part
    GROUP BY subject, round
), sized AS (
    SELECT
        *,
        try_cast(progress[20] AS DECIMAL(10, 3)) / 1000 AS progress_now,
        try_cast(progress[21] AS DECIMAL(10, 3)) / 1000 AS progress_later,
        coalesce(
            later_started IS NOT NULL
            OR later_completed IS NOT NULL
            OR try_cast(progress[21] AS INTEGER) > 0
            OR msg2[6] IN ('Extended Bolus', 'BLE Extended Bolus') AND try_cast(msg2[7] AS INTEGER) < 100, false) AS is_extended,
        round(try_cast(now_completed[26] AS DOUBLE), 3) AS given_now,
        round(try_cast(later_completed[26] AS DOUBLE), 3) AS given_later
    FROM bolus
), finished AS (
    SELECT
        *,
        CASE
            WHEN later_completed IS NOT NULL THEN 'Later'
            WHEN now_completed IS NOT NULL AND (NOT is_extended OR now_completed[25] IS DISTINCT FROM 'Completed') THEN 'Now'
            WHEN final_progress IS NOT NULL THEN 'Progress'
        END AS ended_by
    FROM sized
)
SELECT
    events_id,
    events_id,
    $device,
    log_position,
    last_position,
    timestamp,
    pump_time,
    subject::INTEGER,
    CASE
        WHEN msg2[6] IN ('Standard Bolus', 'BLE Standard Bolus') THEN 'Standard'
        WHEN msg2[6] IN ('Extended Bolus', 'BLE Extended Bolus') THEN 'Extended'
        WHEN msg2[6] = 'Quick Bolus' THEN 'Quick'
        WHEN msg2[6] = 'Automatic Bolus' THEN 'Automatic'
        WHEN msg2[6] = 'Eating Soon Automatic Bolus' THEN 'Eating Soon Automatic'
        WHEN msg2[6] = 'Late Bolus' THEN 'Late'
        WHEN msg2[6] IS NOT NULL THEN msg2[6]
        WHEN progress[19] = 'Algorithm' OR msg1[5] = 'Automatic Correction' THEN 'Automatic'
        WHEN progress[19] = 'Eating Soon Bolus' THEN 'Eating Soon Automatic'
        WHEN is_extended THEN 'Extended'
        WHEN progress[19] = 'Pump Button' THEN 'Quick'
        WHEN progress IS NOT NULL THEN 'Standard'
    END,
    CASE
        WHEN progress[19] = 'BLE' THEN 'Bluetooth'
        WHEN progress[19] = 'Pump GUI' THEN 'Pump Screen'
        WHEN progress[19] = 'Pump Button' THEN 'Quick Bolus Button'
        WHEN progress[19] = 'Eating Soon Bolus' THEN 'Eating Soon'
        WHEN progress[19] IS NOT NULL THEN progress[19]
        WHEN msg2[6] IN ('BLE Standard Bolus', 'BLE Extended Bolus') THEN 'Bluetooth'
        WHEN msg2[6] = 'Quick Bolus' THEN 'Quick Bolus Button'
        WHEN msg2[6] = 'Automatic Bolus' OR msg1[5] = 'Automatic Correction' THEN 'Algorithm'
    END,
    CASE ended_by WHEN 'Later' THEN later_completed[25] WHEN 'Now' THEN now_completed[25] END,
    started,
    CASE ended_by WHEN 'Later' THEN later_ended WHEN 'Now' THEN now_ended WHEN 'Progress' THEN final_time END,
    -- A value that no pump can mean is left out; it must not keep all others from being derived.
    try_cast(coalesce(
        round(try_cast(msg3[15] AS DOUBLE), 3),
        (progress_now + progress_later)::DOUBLE,
        round(try_cast(now_started[16] AS DOUBLE), 3) + coalesce(round(try_cast(later_started[17] AS DOUBLE), 3), 0),
        round(try_cast(now_completed[27] AS DOUBLE), 3) + coalesce(round(try_cast(later_completed[27] AS DOUBLE), 3), 0),
        round(try_cast(later_completed[27] AS DOUBLE), 3)) AS DECIMAL(7, 3)),
    try_cast(round(try_cast(msg3[13] AS DOUBLE), 3) AS DECIMAL(7, 3)),
    try_cast(coalesce(
        round(try_cast(msg3[14] AS DOUBLE), 3),
        (try_cast(progress[24] AS DECIMAL(10, 3)) / 1000)::DOUBLE) AS DECIMAL(7, 3)),
    try_cast(coalesce(
        progress_now::DOUBLE,
        round(try_cast(now_started[16] AS DOUBLE), 3),
        round(try_cast(now_completed[27] AS DOUBLE), 3)) AS DECIMAL(7, 3)),
    try_cast(coalesce(
        progress_later::DOUBLE,
        round(try_cast(later_started[17] AS DOUBLE), 3),
        round(try_cast(later_completed[27] AS DOUBLE), 3)) AS DECIMAL(7, 3)),
    coalesce(nullif(try_cast(msg2[8] AS INTEGER), 0), nullif(try_cast(progress[22] AS INTEGER), 0)),
    try_cast(CASE
        WHEN now_completed IS NOT NULL OR later_completed IS NOT NULL THEN coalesce(given_now, 0) + coalesce(given_later, 0)
        ELSE (try_cast(final_progress[23] AS DECIMAL(10, 3)) / 1000)::DOUBLE
    END AS DECIMAL(7, 3)),
    try_cast(given_now AS DECIMAL(7, 3)),
    try_cast(given_later AS DECIMAL(7, 3)),
    try_cast(msg1[1] AS INTEGER),
    try_cast(msg1[2] AS INTEGER),
    try_cast(coalesce(
        round(try_cast(msg1[3] AS DOUBLE), 3),
        round(try_cast(now_started[3] AS DOUBLE), 3),
        round(try_cast(later_started[3] AS DOUBLE), 3)) AS DECIMAL(7, 3)),
    try_cast(msg1[4] AS DECIMAL(9, 3)),
    try_cast(msg2[9] AS INTEGER),
    try_cast(msg2[10] AS INTEGER),
    CASE msg2[11]
        WHEN 'No, user did not override the bolus size' THEN false
        WHEN 'Yes, user did override the bolus size' THEN true
    END,
    CASE msg2[12]
        WHEN 'No, user did not decline the recommended correction' THEN false
        WHEN 'Yes, user declined the recommended correction' THEN true
    END
FROM finished
ORDER BY log_position;

INSERT INTO changed_days
SELECT DISTINCT $device, timezone(getvariable('zone'), timestamp)::DATE
FROM boluses
WHERE device_assignment_id = $device AND bolus_id::VARCHAR IN (SELECT subject FROM touched);

DROP TABLE touched;
