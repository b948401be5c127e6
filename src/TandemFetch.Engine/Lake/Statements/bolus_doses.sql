-- The boluses of the session's pump of which insulin was delivered, and whose true time is known.
INSERT INTO lake_bolus_doses BY NAME
WITH doses AS (
    SELECT
        *,
        coalesce(started, timestamp) AS began
    FROM boluses
    WHERE device_assignment_id IN (SELECT source FROM lake_pumps)
      AND coalesce(started, timestamp) IS NOT NULL
      AND delivered > 0
)
SELECT
    d.id,
    d.device_assignment_id,
    d.began AS timestamp,
    wall_clock(d.began, o.utc_offset) AS local_time,
    d.delivered AS units,
    d.delivered_later AS units_later,
    d.carbs,
    is_automatic(d.kind, d.source) AS automatic,
    coalesce(d.requested_correction > 0, false) AS correction,
    d.extended_minutes
FROM doses AS d
ASOF JOIN lake_offsets AS o ON d.began >= o.starts
