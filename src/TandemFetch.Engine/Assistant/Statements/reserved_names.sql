-- Names that DuckDB finds in its own schemas.
SELECT DISTINCT view_name
FROM duckdb_views()
WHERE internal
