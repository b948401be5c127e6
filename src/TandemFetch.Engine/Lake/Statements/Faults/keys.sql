-- The files in which a key occurs twice.
SELECT DISTINCT filename
FROM (
    SELECT filename
    FROM read_parquet([{files}], filename = true, hive_partitioning = false, union_by_name = true)
    GROUP BY filename, {key}
    HAVING count(*) > 1
)
ORDER BY filename
