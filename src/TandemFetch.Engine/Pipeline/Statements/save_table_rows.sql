-- Records the number of rows in the tables.
MERGE INTO bookkeeping.table_rows
USING ({counted}) AS counted
ON table_rows.table_name = counted.table_name
WHEN MATCHED AND table_rows.rows <> counted.rows THEN UPDATE SET rows = counted.rows
WHEN NOT MATCHED THEN INSERT VALUES (counted.table_name, counted.rows)
