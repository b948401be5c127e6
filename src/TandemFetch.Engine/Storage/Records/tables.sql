-- All columns of all tables, in their order, with what is written down about them.
SELECT
    t.table_name,
    t.comment AS table_comment,
    c.column_name,
    c.data_type,
    c.is_nullable,
    c.comment AS column_comment
FROM duckdb_tables() AS t
JOIN duckdb_columns() AS c USING (database_oid, schema_oid, table_oid)
WHERE t.schema_name = 'main'
  AND NOT t.temporary
ORDER BY t.table_name, c.column_index
