-- What is fetched, exactly as it came, and the pipeline's own books. No table has an index: none is large where a key is looked up, and
-- DuckDB 1.5 has been seen to end the whole process while it closed a file with one ("MarkBlockAsModified called with already modified block").
-- Keys are kept by those who write, and Test-TandemDatabase looks after them.

CREATE TABLE pumps (
    device_assignment_id VARCHAR NOT NULL,
    serial_number        VARCHAR,
    model_name           VARCHAR,
    software_version     VARCHAR,
    algorithm            VARCHAR,
    time_zone            VARCHAR NOT NULL,
    first_event          TIMESTAMP,
    last_event           TIMESTAMP,
    last_upload          TIMESTAMPTZ
);
COMMENT ON TABLE  pumps                      IS 'The pumps whose log this file holds.';
COMMENT ON COLUMN pumps.device_assignment_id IS 'The key of the pump in Tandem Source.';
COMMENT ON COLUMN pumps.serial_number        IS 'The number on the back of the pump; null when the account does not list it.';
COMMENT ON COLUMN pumps.model_name           IS 'Such as "t:slim X2™ Insulin Pump".';
COMMENT ON COLUMN pumps.software_version     IS 'The pump''s firmware.';
COMMENT ON COLUMN pumps.algorithm            IS 'Such as "Control-IQ".';
COMMENT ON COLUMN pumps.time_zone            IS 'IANA zone that the pump''s clock is set to when it is set right.';
COMMENT ON COLUMN pumps.first_event          IS 'Oldest entry that the server has, pump wall clock.';
COMMENT ON COLUMN pumps.last_event           IS 'Newest entry that was uploaded, pump wall clock.';
COMMENT ON COLUMN pumps.last_upload          IS 'When the pump last uploaded, true time.';

CREATE SEQUENCE raw_events_id_seq;

CREATE TABLE raw_events (
    id                   BIGINT      NOT NULL,
    created              TIMESTAMPTZ NOT NULL,
    device_assignment_id VARCHAR     NOT NULL,
    sequence_group       BIGINT      NOT NULL,
    sequence_number      BIGINT      NOT NULL,
    revision             INTEGER     NOT NULL,
    event_code           INTEGER     NOT NULL,
    pump_time            TIMESTAMP   NOT NULL,
    raw_event_data       JSON USING COMPRESSION zstd,
    envelope             JSON USING COMPRESSION zstd
);
COMMENT ON TABLE  raw_events                      IS 'Log entries as received. The key is (device_assignment_id, sequence_group, sequence_number); the same key with other content is a further revision, and the newest one counts.';
COMMENT ON COLUMN raw_events.id                   IS 'Rises in the order of arrival; the same number names the entry in events and in the domain tables.';
COMMENT ON COLUMN raw_events.created              IS 'When the row was written.';
COMMENT ON COLUMN raw_events.device_assignment_id IS 'The pump that logged the entry.';
COMMENT ON COLUMN raw_events.sequence_group       IS 'Part of the entry''s identity; 0 on all pumps seen.';
COMMENT ON COLUMN raw_events.sequence_number      IS 'Rises in the order in which the pump logged; most numbers are never served.';
COMMENT ON COLUMN raw_events.revision             IS '0 for what came first; the same entry received with other content counts on.';
COMMENT ON COLUMN raw_events.event_code           IS 'The kind of entry.';
COMMENT ON COLUMN raw_events.pump_time            IS 'pumpDateTime: the pump''s own wall clock, no zone.';
COMMENT ON COLUMN raw_events.raw_event_data       IS 'eventProperties exactly as received; null when the entry had none.';
COMMENT ON COLUMN raw_events.envelope             IS 'The entry''s other members as received, where the columns alone cannot give them back; else null.';

CREATE TABLE rejected_entries (
    device_assignment_id VARCHAR     NOT NULL,
    received             TIMESTAMPTZ NOT NULL,
    reason               VARCHAR     NOT NULL,
    entry                VARCHAR     NOT NULL
);
COMMENT ON TABLE  rejected_entries                      IS 'Entries that could not be filed because they lack what identifies them. Kept as received.';
COMMENT ON COLUMN rejected_entries.device_assignment_id IS 'The pump whose log was asked for.';
COMMENT ON COLUMN rejected_entries.received             IS 'When it was first received.';
COMMENT ON COLUMN rejected_entries.reason               IS 'What is wrong with it.';
COMMENT ON COLUMN rejected_entries.entry                IS 'The entry as received.';

CREATE TABLE fetch_windows (
    device_assignment_id VARCHAR     NOT NULL,
    first_day            DATE        NOT NULL,
    last_day             DATE        NOT NULL,
    fetched_at           TIMESTAMPTZ NOT NULL,
    rows                 BIGINT      NOT NULL
);
COMMENT ON TABLE  fetch_windows                      IS 'Days that are fetched for good. The newest days are never in here, so that they are fetched again.';
COMMENT ON COLUMN fetch_windows.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN fetch_windows.first_day            IS 'First day, pump wall clock, inclusive.';
COMMENT ON COLUMN fetch_windows.last_day             IS 'Last day, pump wall clock, inclusive.';
COMMENT ON COLUMN fetch_windows.fetched_at           IS 'When the answer came.';
COMMENT ON COLUMN fetch_windows.rows                 IS 'Entries in the answer, known ones included.';

CREATE SEQUENCE pipeline_runs_id_seq;

CREATE TABLE pipeline_runs (
    id                   BIGINT      NOT NULL DEFAULT nextval('pipeline_runs_id_seq'),
    stage                VARCHAR     NOT NULL,
    device_assignment_id VARCHAR,
    started              TIMESTAMPTZ NOT NULL,
    duration_ms          BIGINT      NOT NULL,
    rows_in              BIGINT      NOT NULL,
    rows_out             BIGINT      NOT NULL,
    outcome              VARCHAR     NOT NULL,
    error_id             VARCHAR,
    error                VARCHAR
);
COMMENT ON TABLE  pipeline_runs                      IS 'Every stage run.';
COMMENT ON COLUMN pipeline_runs.id                   IS 'Rises with time.';
COMMENT ON COLUMN pipeline_runs.stage                IS 'Fetch, Parse or Derive.';
COMMENT ON COLUMN pipeline_runs.device_assignment_id IS 'The pump; null when the run failed before it came to one.';
COMMENT ON COLUMN pipeline_runs.started              IS 'When the stage began.';
COMMENT ON COLUMN pipeline_runs.duration_ms          IS 'How long it took, milliseconds.';
COMMENT ON COLUMN pipeline_runs.rows_in              IS 'Rows read.';
COMMENT ON COLUMN pipeline_runs.rows_out             IS 'Rows written.';
COMMENT ON COLUMN pipeline_runs.outcome              IS 'Completed, Failed or Stopped.';
COMMENT ON COLUMN pipeline_runs.error_id             IS 'The id of the error that ended it.';
COMMENT ON COLUMN pipeline_runs.error                IS 'Its message; never a secret.';

-- Made before the first migration runs, since it says which have run.
COMMENT ON TABLE  schema_migrations         IS 'What has brought the tables of this file to their present form, one row per step.';
COMMENT ON COLUMN schema_migrations.version IS 'The step; the highest one is the version of the file.';
COMMENT ON COLUMN schema_migrations.name    IS 'What it was about.';
COMMENT ON COLUMN schema_migrations.applied IS 'When it ran on this file.';
