-- Records which version of the data zone_offsets has for the zone $zone.
DELETE FROM bookkeeping.time_zones
WHERE time_zone = $zone;

INSERT INTO bookkeeping.time_zones BY NAME
SELECT
    $zone AS time_zone,
    $version AS duckdb_version,
    md5(string_agg(epoch_us(starts) || ':' || utc_offset, ' ' ORDER BY starts)) AS fingerprint
FROM bookkeeping.zone_offsets
WHERE time_zone = $zone;
