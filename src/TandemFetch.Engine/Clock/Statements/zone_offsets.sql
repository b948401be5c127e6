-- The data that the file has for the zone $zone.
SELECT epoch_us(starts) AS starts, utc_offset
FROM bookkeeping.zone_offsets
WHERE time_zone = $zone
ORDER BY starts
