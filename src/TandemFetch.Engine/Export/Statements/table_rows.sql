-- The rows of a table, joined with the pump, whose zone determines the day of a row.
SELECT {columns}
FROM {table} AS t
LEFT JOIN pumps AS p ON p.device_assignment_id = {device}
WHERE {conditions}
