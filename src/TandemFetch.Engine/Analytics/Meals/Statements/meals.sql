-- Each bolus with carbohydrates, and what other boluses follow within four hours.
WITH meal AS (
    SELECT id, device_assignment_id, epoch_us(timestamp) AS moment, carbs, delivered, iob
    FROM boluses
    WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
      AND timestamp >= make_timestamptz($from)
      AND timestamp < make_timestamptz($until)
      AND carbs > 0
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
    later.next_meal::BIGINT AS next_meal,
    coalesce(later.corrected, false) AS corrected
FROM meal
LEFT JOIN pumps USING (device_assignment_id)
LEFT JOIN later USING (id)
ORDER BY meal.moment, meal.id;
