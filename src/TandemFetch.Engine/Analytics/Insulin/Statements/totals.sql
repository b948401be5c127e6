-- What each day adds up to, all pumps together; the days are those of the pumps' zones.
SELECT
    day,
    (sum(basal_units) * 1000)::BIGINT AS basal_thousandths,
    sum(basal_seconds)::BIGINT AS basal_seconds,
    (sum(bolus_units) * 1000)::BIGINT AS bolus_thousandths,
    sum(carbs)::BIGINT AS carbs
FROM daily_totals
WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
GROUP BY day
ORDER BY day
