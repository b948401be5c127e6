-- The runs of a time range, with the name and the time zone of their pump.
SELECT runs.id, runs.stage, coalesce(serial_number, device_assignment_id) AS label, pumps.time_zone, runs.started, runs.duration_ms, runs.rows_in, runs.rows_out,
    runs.outcome, runs.error_id, runs.error
FROM pipeline_runs AS runs
LEFT JOIN pumps USING (device_assignment_id)
WHERE ($since IS NULL OR runs.started >= $since::TIMESTAMPTZ)
    AND ($until IS NULL OR runs.started < $until::TIMESTAMPTZ)
