-- The state of the file: the last run of the pipeline that changed something, the newest settings, and the names and
-- zones of the pumps. A backfill that finds nothing new records its stages, too; it receives the newest day again.
SELECT concat_ws(
    ' ',
    coalesce((
        SELECT max(id)
        FROM pipeline_runs
        WHERE outcome <> 'Completed' OR rows_out > 0 OR stage <> 'Fetch' AND rows_in > 0), 0),
    coalesce((SELECT max(id) FROM pump_settings), 0),
    (
        SELECT md5(coalesce(string_agg(
            concat_ws('|', device_assignment_id, serial_number, time_zone), ';' ORDER BY device_assignment_id), ''))
        FROM pumps),
    $versions)
