-- The name of the zone $name in DuckDB's spelling.
SELECT name
FROM pg_timezone_names()
WHERE lower(name) = lower($name)
ORDER BY name = $name DESC
LIMIT 1
