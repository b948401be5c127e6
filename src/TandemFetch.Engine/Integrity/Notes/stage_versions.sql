-- Everything was written by this version's rules; the next backfill rewrites what was not.
SELECT stage AS key
FROM bookkeeping.stage_versions
JOIN current_versions USING (stage)
WHERE stage_versions.version <> current_versions.version
UNION ALL
SELECT DISTINCT 'Parse ' || device_assignment_id
FROM events
WHERE 'Parse ' || device_assignment_id NOT IN (SELECT stage FROM bookkeeping.stage_versions)
