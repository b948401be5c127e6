-- The first raw entry of the pump $device from id $next on that no newer key repeats; the id after its last one if there
-- is none.
SELECT coalesce(min(raw_events.id) FILTER (WHERE repeated.id IS NULL), max(raw_events.id) + 1, $next)
FROM raw_events
LEFT JOIN bookkeeping.repeated_entries AS repeated USING (id)
WHERE raw_events.device_assignment_id = $device
  AND raw_events.id >= $next
