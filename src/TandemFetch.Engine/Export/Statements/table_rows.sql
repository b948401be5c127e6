-- The rows of a table, each with its pump at hand, whose zone says which day it was.
SELECT {columns}
FROM {table} AS t
LEFT JOIN pumps AS p ON p.device_assignment_id = {device}
WHERE {conditions}
