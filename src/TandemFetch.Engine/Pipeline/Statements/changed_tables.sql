-- The tables whose number of rows differs from what the pipeline recorded.
SELECT counted.table_name
FROM ({counted}) AS counted
JOIN bookkeeping.table_rows ON table_rows.table_name = counted.table_name
WHERE table_rows.rows <> counted.rows
