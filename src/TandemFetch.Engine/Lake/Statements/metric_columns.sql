-- The columns of daily_metrics behind the pump and the day, in order.
SELECT column_name, data_type
FROM duckdb_columns()
WHERE table_name = 'lake_daily_metrics'
  AND column_name NOT IN ('device_assignment_id', 'day')
ORDER BY column_index
