-- The files in which a row comes before one that sorts before it.
SELECT DISTINCT filename
FROM (
    SELECT
        filename,
        file_row_number,
        row_number() OVER (PARTITION BY filename ORDER BY {order}, file_row_number) - 1 AS place
    FROM read_parquet(
        [{files}], filename = true, file_row_number = true, hive_partitioning = false, union_by_name = true)
)
WHERE file_row_number <> place
ORDER BY filename
