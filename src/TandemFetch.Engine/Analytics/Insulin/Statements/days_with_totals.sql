-- The days on which any of the pumps has totals.
SELECT DISTINCT day::TIMESTAMP AS day
FROM daily_totals
WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
ORDER BY day
