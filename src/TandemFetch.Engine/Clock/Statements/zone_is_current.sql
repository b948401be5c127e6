-- Whether the file has the data of the DuckDB version $version for the zone $zone.
SELECT count(*) > 0
FROM bookkeeping.time_zones
WHERE time_zone = $zone
  AND duckdb_version = $version
  AND fingerprint = (
      SELECT md5(string_agg(epoch_us(starts) || ':' || utc_offset, ' ' ORDER BY starts))
      FROM bookkeeping.zone_offsets
      WHERE time_zone = $zone)
