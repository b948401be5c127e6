-- Every raw entry that sets a clock is listed in clock_changes, once, and nothing else is.
SELECT coalesce(listed.raw_events_id, raw.id)::VARCHAR AS key
FROM (SELECT device_assignment_id, id FROM raw_events WHERE event_code IN (13, 14)) AS raw
FULL JOIN (
    SELECT device_assignment_id, raw_events_id, count(*) AS times
    FROM bookkeeping.clock_changes
    GROUP BY ALL) AS listed
  ON listed.raw_events_id = raw.id AND listed.device_assignment_id = raw.device_assignment_id
WHERE listed.raw_events_id IS NULL OR raw.id IS NULL OR listed.times > 1
