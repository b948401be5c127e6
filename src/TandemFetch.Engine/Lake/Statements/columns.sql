-- The columns of the tables in the file and of those that the session has created, in order, with their comments.
SELECT
    t.table_name,
    t.comment AS table_comment,
    c.column_name,
    c.data_type,
    c.comment AS column_comment
FROM duckdb_tables() AS t
JOIN duckdb_columns() AS c USING (database_oid, schema_oid, table_oid)
WHERE t.temporary
   OR t.schema_name = 'main'
ORDER BY t.table_name, c.column_index
