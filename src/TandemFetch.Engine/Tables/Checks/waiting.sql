SELECT device_assignment_id, first_position, last_position, table_name
    FROM bookkeeping.underived_ranges
    UNION ALL
    -- A rebuild that was stopped has new events, and domain rows of the old ones that the next backfill replaces.
    SELECT DISTINCT device_assignment_id, 0, end_of_log(), NULL
    FROM raw_events
    LEFT JOIN (
        SELECT device_assignment_id, max(raw_events_id) AS newest
        FROM events
        GROUP BY device_assignment_id) AS parsed USING (device_assignment_id)
    WHERE id > coalesce(newest, 0)
      AND id NOT IN (FROM repeated_raw)
    UNION ALL
    -- The next backfill rewrites what another version's rules wrote.
    SELECT device_assignment_id, 0, end_of_log(), current_versions.table_name
    FROM bookkeeping.stage_versions
    JOIN current_versions USING (stage)
    WHERE stage_versions.version <> current_versions.version
