-- The tables that have another number of rows than the pipeline left in them.
SELECT counted.table_name
FROM ({counted}) AS counted
JOIN bookkeeping.table_rows ON table_rows.table_name = counted.table_name
WHERE table_rows.rows <> counted.rows
