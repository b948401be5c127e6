-- How many rows each domain table has, so that a backfill sees without reading them that some are missing.

CREATE TABLE table_rows (
    table_name VARCHAR NOT NULL,
    rows       BIGINT  NOT NULL
);
COMMENT ON TABLE  table_rows            IS
    'How many rows the pipeline left in each domain table. Where a table has another number now, the next backfill '
    'derives it again.';
COMMENT ON COLUMN table_rows.table_name IS 'The table.';
COMMENT ON COLUMN table_rows.rows       IS 'Its rows after it was last written.';
