-- The version of DuckDB whose data the file has for the zone $zone.
SELECT duckdb_version
FROM bookkeeping.time_zones
WHERE time_zone = $zone
