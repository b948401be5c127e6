-- One row per bolus, joined from 64, 65, 66 (requested), 55 and 59 (started: immediate part, extended part), 280
-- (progress) and 20 and 21 (completed: immediate part, extended part). The id of a bolus is a 16-bit counter that wraps
-- around: entries belong together if they follow each other within 24 hours. If true time is unknown on either side,
-- they must be within as many log positions as a pump uses in a day.

CREATE OR REPLACE TEMP TABLE touched AS
SELECT subject
FROM bookkeeping.therapy_entries
WHERE device_assignment_id = $device
  AND log_position BETWEEN $first AND $last
  AND is_boluses_entry(event_id)
UNION
SELECT bolus_id::VARCHAR
FROM boluses
WHERE device_assignment_id = $device AND last_position >= $first AND log_position <= $last;

INSERT INTO bookkeeping.changed_days BY NAME
SELECT DISTINCT $device AS device_assignment_id, local_day($zone, timestamp) AS day
FROM boluses
WHERE device_assignment_id = $device AND bolus_id::VARCHAR IN (SELECT subject FROM touched);

DELETE FROM boluses
WHERE device_assignment_id = $device AND bolus_id::VARCHAR IN (SELECT subject FROM touched);

INSERT INTO boluses BY NAME
WITH entry AS (
    SELECT
        *,
        lag(log_position) OVER same_id AS last_place,
        lag(timestamp) OVER same_id AS last_time
    FROM bookkeeping.therapy_entries
    WHERE device_assignment_id = $device
      AND is_boluses_entry(event_id)
      AND subject IN (SELECT subject FROM touched)
      AND try_cast(subject AS INTEGER) IS NOT NULL
    WINDOW same_id AS (PARTITION BY subject ORDER BY log_position)
), numbered AS (
    SELECT
        *,
        sum((NOT coalesce(
            CASE
                WHEN timestamp IS NOT NULL AND last_time IS NOT NULL
                THEN abs(epoch_us(timestamp) - epoch_us(last_time)) <= day_us()
                ELSE log_position - last_place <= day_of_log()
            END, false))::INTEGER)
            OVER (PARTITION BY subject ORDER BY log_position ROWS UNBOUNDED PRECEDING) AS round
    FROM entry
), part AS (
    SELECT
        *,
        {'time': timestamp, 'place': log_position} AS moment,
        CASE event_id WHEN 280 THEN json_extract_string(event_data, '$.bolusDeliveryStatus') END AS progress_status
    FROM numbered
), bolus AS (
    SELECT
        subject,
        round,
        arg_min(events_id, log_position) AS events_id,
        min(log_position) AS log_position,
        max(log_position) AS last_position,
        arg_min(moment, log_position).time AS timestamp,
        arg_min(pump_time, log_position) AS pump_time,
        arg_max(event_data, log_position) FILTER (event_id = 64) AS request,
        arg_max(event_data, log_position) FILTER (event_id = 65) AS options,
        arg_max(event_data, log_position) FILTER (event_id = 66) AS sizes,
        arg_min(event_data, log_position) FILTER (event_id = 55) AS now_started,
        arg_min(event_data, log_position) FILTER (event_id = 59) AS later_started,
        arg_max(event_data, log_position) FILTER (event_id = 280) AS progress,
        arg_max(event_data, log_position) FILTER (progress_status = 'Bolus Completed') AS final_progress,
        arg_max(event_data, log_position) FILTER (event_id = 20) AS now_completed,
        arg_max(event_data, log_position) FILTER (event_id = 21) AS later_completed,
        arg_min(moment, log_position) FILTER (event_id IN (55, 59) OR progress_status = 'Bolus Started') AS start,
        arg_max(moment, log_position) FILTER (event_id = 20) AS now_end,
        arg_max(moment, log_position) FILTER (event_id = 21) AS later_end,
        arg_max(moment, log_position) FILTER (progress_status = 'Bolus Completed') AS final_end
    FROM part
    GROUP BY subject, round
), said AS (
    -- Read after the entries of a bolus have been found, because objects take much longer to aggregate than texts.
    SELECT * REPLACE (
        json_transform(request, '{
            "bolusType": "VARCHAR", "carbAmount": "VARCHAR", "bg": "VARCHAR", "iob": "VARCHAR",
            "carbRatio": "VARCHAR"}') AS request,
        json_transform(options, '{
            "options": "VARCHAR", "standardPercent": "VARCHAR", "duration": "VARCHAR", "isf": "VARCHAR",
            "targetBg": "VARCHAR", "userOverride": "VARCHAR", "declinedCorrection": "VARCHAR"}') AS options,
        json_transform(sizes, '{
            "foodBolusSize": "VARCHAR", "correctionBolusSize": "VARCHAR", "totalBolusSize": "VARCHAR"}') AS sizes,
        json_transform(now_started, '{"bolusSize": "VARCHAR", "iob": "VARCHAR"}') AS now_started,
        json_transform(later_started, '{"bolexSize": "VARCHAR", "iob": "VARCHAR"}') AS later_started,
        json_transform(progress, '{
            "bolusSource": "VARCHAR", "requestedNow": "VARCHAR", "requestedLater": "VARCHAR",
            "extendedDurationRequested": "VARCHAR", "correction": "VARCHAR"}') AS progress,
        json_transform(final_progress, '{"deliveredTotal": "VARCHAR"}') AS final_progress,
        json_transform(now_completed, '{
            "completionStatus": "VARCHAR", "insulinDelivered": "VARCHAR", "insulinRequested": "VARCHAR"}')
            AS now_completed,
        json_transform(later_completed, '{
            "completionStatus": "VARCHAR", "insulinDelivered": "VARCHAR", "insulinRequested": "VARCHAR"}')
            AS later_completed)
    FROM bolus
), sized AS (
    SELECT
        *,
        thousandths(progress.requestedNow) AS progress_now,
        thousandths(progress.requestedLater) AS progress_later,
        coalesce(
            later_started IS NOT NULL
            OR later_completed IS NOT NULL
            OR try_cast(progress.requestedLater AS INTEGER) > 0
            OR options.options IN ('Extended Bolus', 'BLE Extended Bolus')
                AND try_cast(options.standardPercent AS INTEGER) < 100, false) AS is_extended,
        rounded(now_completed.insulinDelivered) AS given_now,
        rounded(later_completed.insulinDelivered) AS given_later
    FROM said
), finished AS (
    SELECT
        *,
        CASE
            WHEN later_completed IS NOT NULL THEN 'Later'
            WHEN now_completed IS NOT NULL
                AND (NOT is_extended OR now_completed.completionStatus IS DISTINCT FROM 'Completed') THEN 'Now'
            WHEN final_progress IS NOT NULL THEN 'Progress'
        END AS ended_by,
        CASE ended_by WHEN 'Later' THEN later_end WHEN 'Now' THEN now_end WHEN 'Progress' THEN final_end END AS finish
    FROM sized
)
SELECT
    events_id AS id,
    events_id,
    $device AS device_assignment_id,
    log_position,
    last_position,
    timestamp,
    pump_time,
    subject::INTEGER AS bolus_id,
    CASE
        WHEN options.options IN ('Standard Bolus', 'BLE Standard Bolus') THEN 'Standard'
        WHEN options.options IN ('Extended Bolus', 'BLE Extended Bolus') THEN 'Extended'
        WHEN options.options = 'Quick Bolus' THEN 'Quick'
        WHEN options.options = 'Automatic Bolus' THEN 'Automatic'
        WHEN options.options = 'Eating Soon Automatic Bolus' THEN 'Eating Soon Automatic'
        WHEN options.options = 'Late Bolus' THEN 'Late'
        WHEN options.options IS NOT NULL THEN options.options
        WHEN progress.bolusSource = 'Algorithm' OR request.bolusType = 'Automatic Correction' THEN 'Automatic'
        WHEN progress.bolusSource = 'Eating Soon Bolus' THEN 'Eating Soon Automatic'
        WHEN is_extended THEN 'Extended'
        WHEN progress.bolusSource = 'Pump Button' THEN 'Quick'
        WHEN progress IS NOT NULL THEN 'Standard'
    END AS kind,
    CASE
        WHEN progress.bolusSource = 'BLE' THEN 'Bluetooth'
        WHEN progress.bolusSource = 'Pump GUI' THEN 'Pump Screen'
        WHEN progress.bolusSource = 'Pump Button' THEN 'Quick Bolus Button'
        WHEN progress.bolusSource = 'Eating Soon Bolus' THEN 'Eating Soon'
        WHEN progress.bolusSource IS NOT NULL THEN progress.bolusSource
        WHEN options.options IN ('BLE Standard Bolus', 'BLE Extended Bolus') THEN 'Bluetooth'
        WHEN options.options = 'BLE with AID Recommendation Bolus' THEN 'BLE with AID Recommendation'
        WHEN options.options = 'Quick Bolus' THEN 'Quick Bolus Button'
        WHEN options.options = 'Automatic Bolus' OR request.bolusType = 'Automatic Correction' THEN 'Algorithm'
    END AS source,
    CASE ended_by
        WHEN 'Later' THEN later_completed.completionStatus
        WHEN 'Now' THEN now_completed.completionStatus
    END AS status,
    start.time AS started,
    finish.time AS ended,
    insulin(coalesce(
        rounded(sizes.totalBolusSize),
        (progress_now + progress_later)::DOUBLE,
        rounded(now_started.bolusSize) + coalesce(rounded(later_started.bolexSize), 0),
        rounded(now_completed.insulinRequested) + coalesce(rounded(later_completed.insulinRequested), 0),
        rounded(later_completed.insulinRequested))) AS requested,
    insulin(rounded(sizes.foodBolusSize)) AS requested_food,
    insulin(coalesce(
        rounded(sizes.correctionBolusSize), thousandths(progress.correction)::DOUBLE)) AS requested_correction,
    insulin(coalesce(
        progress_now::DOUBLE,
        rounded(now_started.bolusSize),
        rounded(now_completed.insulinRequested))) AS requested_now,
    insulin(coalesce(
        progress_later::DOUBLE,
        rounded(later_started.bolexSize),
        rounded(later_completed.insulinRequested))) AS requested_later,
    coalesce(
        nullif(try_cast(options.duration AS INTEGER), 0),
        nullif(try_cast(progress.extendedDurationRequested AS INTEGER), 0)) AS extended_minutes,
    insulin(CASE
        WHEN now_completed IS NOT NULL OR later_completed IS NOT NULL
        THEN coalesce(given_now, 0) + coalesce(given_later, 0)
        ELSE thousandths(final_progress.deliveredTotal)::DOUBLE
    END) AS delivered,
    insulin(given_now) AS delivered_now,
    insulin(given_later) AS delivered_later,
    try_cast(request.carbAmount AS INTEGER) AS carbs,
    try_cast(request.bg AS INTEGER) AS bg,
    insulin(coalesce(rounded(request.iob), rounded(now_started.iob), rounded(later_started.iob))) AS iob,
    try_cast(request.carbRatio AS DECIMAL(9, 3)) AS carb_ratio,
    try_cast(options.isf AS INTEGER) AS correction_factor,
    try_cast(options.targetBg AS INTEGER) AS target_bg,
    CASE options.userOverride
        WHEN 'No, user did not override the bolus size' THEN false
        WHEN 'Yes, user did override the bolus size' THEN true
    END AS overridden,
    CASE options.declinedCorrection
        WHEN 'No, user did not decline the recommended correction' THEN false
        WHEN 'Yes, user declined the recommended correction' THEN true
    END AS declined_correction,
    start.place AS started_position,
    finish.place AS ended_position
FROM finished
ORDER BY log_position;

INSERT INTO bookkeeping.changed_days BY NAME
SELECT DISTINCT $device AS device_assignment_id, local_day($zone, timestamp) AS day
FROM boluses
WHERE device_assignment_id = $device AND bolus_id::VARCHAR IN (SELECT subject FROM touched);

DROP TABLE touched;
