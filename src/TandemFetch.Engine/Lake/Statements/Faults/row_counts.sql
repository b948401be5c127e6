-- The files whose own number of rows is not that of their manifest.
SELECT m.file_name
FROM parquet_file_metadata([{files}]) AS m
JOIN (VALUES {listed}) AS l(path, pump, listed_rows) ON l.path = m.file_name
WHERE m.num_rows <> l.listed_rows
ORDER BY m.file_name
