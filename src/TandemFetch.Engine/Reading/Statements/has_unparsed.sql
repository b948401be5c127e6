-- Whether any raw entry after $parsed is still to be parsed.
SELECT EXISTS (
    SELECT 1
    FROM raw_events
    WHERE id > $parsed
      AND id NOT IN (SELECT id FROM bookkeeping.repeated_entries WHERE id > $parsed))
