-- The parts of the log whose domain rows the next backfill writes.
CREATE OR REPLACE TEMP TABLE waiting AS
SELECT device_assignment_id, first_position, last_position, table_name
FROM bookkeeping.underived_ranges
UNION ALL
-- A rebuild that was stopped has new events, and domain rows of the old ones that the next backfill replaces.
SELECT DISTINCT device_assignment_id, 0, end_of_log(), NULL
FROM raw_events
LEFT JOIN parsed USING (device_assignment_id)
WHERE id > coalesce(newest, 0)
  AND id NOT IN (SELECT id FROM repeated_raw)
UNION ALL
-- The next backfill rewrites what another version's rules wrote.
SELECT device_assignment_id, 0, end_of_log(), current_versions.table_name
FROM bookkeeping.stage_versions
JOIN current_versions USING (stage)
WHERE stage_versions.version <> current_versions.version;
