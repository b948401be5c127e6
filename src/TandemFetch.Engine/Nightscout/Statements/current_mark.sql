-- The state of the file: the last run of the pipeline, and the names and zones of the pumps.
SELECT concat_ws(
    ' ',
    coalesce((SELECT max(id) FROM pipeline_runs), 0),
    (
        SELECT md5(coalesce(string_agg(
            concat_ws('|', device_assignment_id, serial_number, time_zone), ';' ORDER BY device_assignment_id), ''))
        FROM pumps),
    $versions)
