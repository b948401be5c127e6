-- Each bolus with carbohydrates and the glucose around it. Before: the last reading of the 15 minutes up to the bolus.
-- After: the highest reading of four hours, and the readings nearest to one, two, three and four hours, within 10
-- minutes.
WITH meal AS (
    SELECT id, device_assignment_id, epoch_us(timestamp) AS moment, carbs, delivered, iob
    FROM boluses
    WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
      AND timestamp >= make_timestamptz($from)
      AND timestamp < make_timestamptz($until)
      AND carbs > 0
), near AS (
    SELECT meal.id, reading.glucose, reading.stands, reading.moment - meal.moment AS after
    FROM meal
    JOIN analysis_readings AS reading
        ON reading.moment > meal.moment - 15 * minute_us()
        AND reading.moment <= meal.moment + 250 * minute_us()
), glucose AS (
    SELECT
        id,
        arg_max(glucose, after) FILTER (after <= 0) AS glucose_before,
        max(glucose) FILTER (after > 0 AND after <= 4 * hour_us()) AS peak,
        arg_max(after, (glucose, -after)) FILTER (after > 0 AND after <= 4 * hour_us()) AS peak_after,
        min(glucose) FILTER (after > 0 AND after <= 4 * hour_us()) AS lowest,
        coalesce(sum(stands) FILTER (after > 0 AND after <= 4 * hour_us()), 0)::BIGINT AS covered,
        arg_min(glucose, (abs(after - 1 * hour_us()), after))
            FILTER (abs(after - 1 * hour_us()) <= 10 * minute_us()) AS after1,
        arg_min(glucose, (abs(after - 2 * hour_us()), after))
            FILTER (abs(after - 2 * hour_us()) <= 10 * minute_us()) AS after2,
        arg_min(glucose, (abs(after - 3 * hour_us()), after))
            FILTER (abs(after - 3 * hour_us()) <= 10 * minute_us()) AS after3,
        arg_min(glucose, (abs(after - 4 * hour_us()), after))
            FILTER (abs(after - 4 * hour_us()) <= 10 * minute_us()) AS after4
    FROM near
    GROUP BY id
), later AS (
    SELECT
        meal.id,
        min(epoch_us(bolus.timestamp) - meal.moment) FILTER (bolus.carbs > 0) AS next_meal,
        coalesce(bool_or(bolus.requested_correction > 0 OR is_automatic(bolus.kind, bolus.source)), false) AS corrected
    FROM meal
    JOIN boluses AS bolus
        ON bolus.timestamp > make_timestamptz(meal.moment)
        AND bolus.timestamp <= make_timestamptz(meal.moment + 4 * hour_us())
        AND bolus.device_assignment_id IN (SELECT device FROM analysis_pumps)
    GROUP BY meal.id
)
SELECT
    meal.id,
    coalesce(pumps.serial_number, device_assignment_id) AS label,
    meal.moment,
    meal.carbs,
    meal.delivered,
    meal.iob,
    glucose.glucose_before::INTEGER AS glucose_before,
    glucose.peak::INTEGER AS peak,
    glucose.peak_after::BIGINT AS peak_after,
    glucose.lowest::INTEGER AS lowest,
    coalesce(glucose.covered, 0) AS covered,
    glucose.after1::INTEGER AS after1,
    glucose.after2::INTEGER AS after2,
    glucose.after3::INTEGER AS after3,
    glucose.after4::INTEGER AS after4,
    later.next_meal::BIGINT AS next_meal,
    coalesce(later.corrected, false) AS corrected
FROM meal
LEFT JOIN pumps USING (device_assignment_id)
LEFT JOIN glucose USING (id)
LEFT JOIN later USING (id)
ORDER BY meal.moment, meal.id;
