-- Uploads that are not in the file yet.
INSERT INTO bookkeeping.clock_uploads BY NAME
SELECT
    device_assignment_id,
    log_position::BIGINT AS log_position,
    pump_time::TIMESTAMP AS pump_time,
    uploaded::TIMESTAMPTZ AS uploaded
FROM {source} AS archived
WHERE NOT EXISTS (
    FROM bookkeeping.clock_uploads AS known
    WHERE known.device_assignment_id = archived.device_assignment_id
      AND known.log_position = archived.log_position::BIGINT);
