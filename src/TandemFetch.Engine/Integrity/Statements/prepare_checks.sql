-- What several checks use, in temporary tables, which are not part of the file.

-- Raw entries that count for a newer key of their pump. The view reads all entries, even if no pump has two keys.
CREATE OR REPLACE TEMP TABLE repeated_raw (id BIGINT, repeated_by BIGINT);

-- How far Parse has progressed.
CREATE OR REPLACE TEMP TABLE parsed AS
SELECT device_assignment_id, max(raw_events_id) AS newest
FROM events
GROUP BY device_assignment_id;

-- Raw entries of which Parse has reached a newer revision.
CREATE OR REPLACE TEMP TABLE superseded_raw AS
WITH revised AS (
    SELECT device_assignment_id, sequence_group, sequence_number, max(revision) AS newest_revision
    FROM raw_events
    JOIN parsed USING (device_assignment_id)
    WHERE revision > 0
      AND id <= parsed.newest
    GROUP BY device_assignment_id, sequence_group, sequence_number
)
SELECT id
FROM raw_events
JOIN revised USING (device_assignment_id, sequence_group, sequence_number)
WHERE revision < newest_revision;
