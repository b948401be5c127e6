-- The pumps of which the days add up to another number of readings than there are.
WITH totals AS (
    SELECT pump, sum(cgm_readings)::BIGINT AS readings
    FROM daily_totals
    GROUP BY pump
),
readings AS (
    SELECT pump, count(*) AS readings
    FROM cgm_readings
    WHERE timestamp IS NOT NULL
    GROUP BY pump
)
SELECT coalesce(t.pump, r.pump) AS pump
FROM totals AS t
FULL JOIN readings AS r ON r.pump = t.pump
WHERE coalesce(t.readings, 0) <> coalesce(r.readings, 0)
ORDER BY pump
