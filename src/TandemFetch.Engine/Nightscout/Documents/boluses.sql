-- Boluses with what was delivered of them so far, and carbohydrates without insulin. A bolus is sent when a part of it
-- has ended, and again when all of it has. The extended part of a bolus that has ended took as long as it really did,
-- counted from the end of the immediate part: that of a completed bolus took as long as planned.
WITH bolus AS (
    SELECT
        *,
        coalesce(started, timestamp) AS began,
        coalesce(delivered, 0) AS insulin,
        coalesce(delivered_now, delivered - coalesce(delivered_later, 0), 0) AS insulin_now,
        coalesce(requested_later, 0) > 0 OR coalesce(delivered_later, 0) > 0 AS is_extended
    FROM boluses
), extended AS (
    SELECT
        *,
        CASE
            WHEN NOT is_extended THEN 0
            WHEN ended IS NOT NULL THEN coalesce(delivered_later, insulin - insulin_now)
            ELSE coalesce(requested_later, 0)
        END AS insulin_later,
        CASE
            WHEN NOT is_extended THEN NULL
            WHEN ended IS NULL OR status = 'Completed' OR status IS NULL AND extended_minutes IS NOT NULL
            THEN extended_minutes
            ELSE least(
                coalesce(extended_minutes, 1440),
                greatest(1, (epoch_ms(ended) - epoch_ms(began)) // 60000))
        END AS later_minutes
    FROM bolus
)
SELECT
    pump,
    time_zone,
    log_position,
    last_position,
    epoch_ms(timestamp) AS first_ms,
    epoch_ms(ended) AS last_ms,
    epoch_ms(began) AS time_ms,
    CASE
        WHEN insulin + insulin_later = 0 THEN 'Carb Correction'
        WHEN insulin_later > 0 AND later_minutes > 0 THEN 'Combo Bolus'
        WHEN carbs > 0 THEN 'Meal Bolus'
        WHEN requested_correction > 0 OR source = 'Algorithm' THEN 'Correction Bolus'
        ELSE 'Snack Bolus'
    END AS event_type,
    CASE WHEN event_type = 'Combo Bolus' THEN insulin_now ELSE insulin END AS insulin,
    CASE WHEN event_type = 'Combo Bolus' THEN insulin_now + insulin_later END AS entered_insulin,
    CASE
        WHEN event_type = 'Combo Bolus' THEN round(100 * insulin_now / (insulin_now + insulin_later))::INTEGER
    END AS split_now,
    CASE WHEN event_type = 'Combo Bolus' THEN later_minutes END AS duration,
    CASE
        WHEN event_type = 'Combo Bolus' THEN round(insulin_later * 60 / later_minutes, 3)::DECIMAL(9, 3)
    END AS relative,
    carbs,
    bg AS glucose,
    kind AS bolus_kind,
    status
FROM extended
JOIN nightscout_pumps USING (device_assignment_id)
WHERE insulin > 0
   OR insulin_later > 0 AND started IS NOT NULL
   OR carbs > 0 AND ended IS NOT NULL
