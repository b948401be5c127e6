-- The files whose columns are not those of the empty file of the table.
WITH columns AS (
    SELECT
        file_name,
        string_agg(concat_ws(' ', name, type, repetition_type, converted_type, logical_type, scale, precision), ', ')
            AS columns
    FROM (
        SELECT *
        FROM parquet_schema([{empty_file}, {files}])
        WHERE num_children IS NULL
    )
    GROUP BY file_name
)
SELECT file_name
FROM columns
WHERE columns <> (SELECT columns FROM columns WHERE file_name = {empty})
ORDER BY file_name
