-- Replaces what the file has of the offsets of the zone $zone by {changes}.
DELETE FROM bookkeeping.zone_offsets WHERE time_zone = $zone;

INSERT INTO bookkeeping.zone_offsets BY NAME
SELECT $zone AS time_zone, make_timestamptz(starts) AS starts, utc_offset
FROM (VALUES {changes}) AS change(starts, utc_offset)
