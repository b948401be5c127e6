-- The interval in which most of the time was measured, microseconds; no row without readings.
SELECT pace
FROM analysis_readings
GROUP BY pace
ORDER BY sum(stands) DESC, pace
LIMIT 1
