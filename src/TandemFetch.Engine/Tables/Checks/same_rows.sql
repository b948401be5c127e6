-- Whether a table has the same rows as the temporary table of the same name, by their number and the sum of their
-- hashes, which takes a third of the time of comparing them one by one.
SELECT (
    SELECT (count(*), sum(hash(again)))
    FROM (FROM temp.main.{again} WHERE {part}) AS again
) IS NOT DISTINCT FROM (
    SELECT (count(*), sum(hash(stored)))
    FROM (FROM {stored} WHERE {part}) AS stored
)
