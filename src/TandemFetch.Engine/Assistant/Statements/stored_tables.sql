-- The tables of a file, with their schema if it is not main. Views are not among them: they read what they like.
SELECT concat(nullif(schema_name, 'main') || '.', table_name) AS table_name
FROM duckdb_tables()
WHERE NOT temporary
  AND database_name = current_database()
