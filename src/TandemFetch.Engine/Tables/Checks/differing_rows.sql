-- The rows of a table that differ from those of the temporary table of the same name, including missing and extra ones.
INSERT INTO differing_rows BY NAME
SELECT concat_ws(' ', '{again}', {key}) AS key
FROM (FROM temp.main.{again} WHERE {part}) AS again
FULL JOIN (FROM {stored} WHERE {part}) AS stored ON {same_key}
WHERE {other_values}
