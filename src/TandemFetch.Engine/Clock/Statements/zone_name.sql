-- The name of the zone $name as DuckDB spells it.
SELECT name
FROM pg_timezone_names()
WHERE lower(name) = lower($name)
ORDER BY name = $name DESC
LIMIT 1
