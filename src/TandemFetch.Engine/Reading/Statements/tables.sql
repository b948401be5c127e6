-- All columns of all tables, in order, with their comments: tables that contain a pump's data, tables and views that
-- users have created, in main or with Write-TandemTable in own, and, if $all is true, the pipeline's own.
WITH tables AS (
    SELECT database_oid, schema_oid, table_oid, schema_name, table_name, comment
    FROM duckdb_tables()
    WHERE NOT temporary
    UNION ALL BY NAME
    SELECT database_oid, schema_oid, view_oid AS table_oid, schema_name, view_name AS table_name, comment
    FROM duckdb_views()
    WHERE NOT temporary
      AND NOT internal
)
SELECT
    concat(nullif(t.schema_name, 'main') || '.', t.table_name) AS table_name,
    t.comment AS table_comment,
    c.column_name,
    c.data_type,
    c.is_nullable,
    c.comment AS column_comment
FROM tables AS t
JOIN duckdb_columns() AS c USING (database_oid, schema_oid, table_oid)
WHERE t.schema_name IN ('main', 'own') OR ($all AND t.schema_name = 'bookkeeping')
ORDER BY t.schema_name = 'bookkeeping', t.schema_name, t.table_name, c.column_index
