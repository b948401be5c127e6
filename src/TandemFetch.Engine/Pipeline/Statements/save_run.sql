INSERT INTO pipeline_runs (
    stage, device_assignment_id, started, duration_ms, rows_in, rows_out, outcome, error_id, error)
VALUES (
    $stage, $device, $started, $duration, $RowsIn, $RowsOut, $outcome, $ErrorId, $Error)
RETURNING id
