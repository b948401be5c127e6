-- Raw entries of one pump from an exported file, in the order of the file, which takes no memory; later revisions of an
-- entry, of which there are few, separately and in order.
SELECT
    sequence_group::BIGINT,
    sequence_number::BIGINT,
    event_code::INTEGER,
    strftime(pump_time::TIMESTAMP, '%Y-%m-%dT%H:%M:%S'),
    raw_event_data::VARCHAR,
    envelope::VARCHAR
FROM {source}
WHERE device_assignment_id = {device}
  AND {revisions}
