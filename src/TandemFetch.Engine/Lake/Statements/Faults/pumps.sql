-- The files with rows of another pump.
SELECT DISTINCT r.filename
FROM read_parquet([{files}], filename = true, hive_partitioning = false, union_by_name = true) AS r
JOIN (VALUES {listed}) AS l(path, pump, listed_rows) ON l.path = r.filename
WHERE r.pump IS DISTINCT FROM l.pump
ORDER BY r.filename
