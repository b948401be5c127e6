-- What the pipeline keeps for itself gets a schema of its own, so that SHOW TABLES lists what there is to ask.

CREATE SCHEMA bookkeeping;

CREATE TABLE bookkeeping.schema_migrations (
    version INTEGER     NOT NULL,
    name    VARCHAR,
    applied TIMESTAMPTZ
);
COMMENT ON TABLE  bookkeeping.schema_migrations         IS
    'What has brought the tables of this file to their present form, one row per step.';
COMMENT ON COLUMN bookkeeping.schema_migrations.version IS 'The step; the highest one is the version of the file.';
COMMENT ON COLUMN bookkeeping.schema_migrations.name    IS 'What it was about.';
COMMENT ON COLUMN bookkeeping.schema_migrations.applied IS 'When it ran on this file.';
INSERT INTO bookkeeping.schema_migrations BY NAME FROM main.schema_migrations;
DROP TABLE main.schema_migrations;

CREATE TABLE bookkeeping.rejected_entries (
    device_assignment_id VARCHAR     NOT NULL,
    received             TIMESTAMPTZ NOT NULL,
    reason               VARCHAR     NOT NULL,
    entry                VARCHAR     NOT NULL
);
COMMENT ON TABLE  bookkeeping.rejected_entries                      IS
    'Entries that could not be filed because they lack what identifies them. Kept as received.';
COMMENT ON COLUMN bookkeeping.rejected_entries.device_assignment_id IS
    'The pump that it names. Where it names none, the pump whose log was requested; empty where the response had '
    'entries of another pump too.';
COMMENT ON COLUMN bookkeeping.rejected_entries.received             IS 'When it was first received.';
COMMENT ON COLUMN bookkeeping.rejected_entries.reason               IS 'What is wrong with it.';
COMMENT ON COLUMN bookkeeping.rejected_entries.entry                IS 'The entry as received.';
INSERT INTO bookkeeping.rejected_entries BY NAME FROM main.rejected_entries;
DROP TABLE main.rejected_entries;

CREATE TABLE bookkeeping.fetched_days (
    device_assignment_id VARCHAR     NOT NULL,
    day                  DATE        NOT NULL,
    fetched_at           TIMESTAMPTZ NOT NULL,
    upload               TIMESTAMPTZ NOT NULL,
    entries              INTEGER     NOT NULL,
    unchanged            INTEGER     NOT NULL
);
COMMENT ON TABLE  bookkeeping.fetched_days                      IS
    'The days of pump wall clock that were requested from the server, with the newest response for each.';
COMMENT ON COLUMN bookkeeping.fetched_days.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN bookkeeping.fetched_days.day                  IS 'The day, pump wall clock.';
COMMENT ON COLUMN bookkeeping.fetched_days.fetched_at           IS 'When the response came.';
COMMENT ON COLUMN bookkeeping.fetched_days.upload               IS 'The pump''s last upload at that time, true time.';
COMMENT ON COLUMN bookkeeping.fetched_days.entries              IS 'Entries of the day in the response.';
COMMENT ON COLUMN bookkeeping.fetched_days.unchanged            IS
    'How many responses in a row had nothing new for the day.';
INSERT INTO bookkeeping.fetched_days BY NAME FROM main.fetched_days;
DROP TABLE main.fetched_days;

CREATE TABLE bookkeeping.fetch_marks (
    device_assignment_id VARCHAR     NOT NULL,
    log_position         BIGINT      NOT NULL,
    pump_time            TIMESTAMP   NOT NULL,
    upload               TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE  bookkeeping.fetch_marks                      IS
    'How far the log of each pump was fetched by the last run that came to its end.';
COMMENT ON COLUMN bookkeeping.fetch_marks.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN bookkeeping.fetch_marks.log_position         IS 'Place of the newest entry in the pump''s log.';
COMMENT ON COLUMN bookkeeping.fetch_marks.pump_time            IS 'Pump wall clock of that entry.';
COMMENT ON COLUMN bookkeeping.fetch_marks.upload               IS 'The pump''s last upload at that time, true time.';
INSERT INTO bookkeeping.fetch_marks BY NAME FROM main.fetch_marks;
DROP TABLE main.fetch_marks;

CREATE TABLE bookkeeping.clock_uploads (
    device_assignment_id VARCHAR     NOT NULL,
    log_position         BIGINT      NOT NULL,
    pump_time            TIMESTAMP   NOT NULL,
    uploaded             TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE  bookkeeping.clock_uploads                      IS
    'What uploads show of the pump''s clock: the newest entry of an upload is little older than the upload. The last '
    'one of each day of uploads.';
COMMENT ON COLUMN bookkeeping.clock_uploads.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN bookkeeping.clock_uploads.log_position         IS
    'Place of the newest uploaded entry in the pump''s log.';
COMMENT ON COLUMN bookkeeping.clock_uploads.pump_time            IS 'That entry''s time, pump wall clock.';
COMMENT ON COLUMN bookkeeping.clock_uploads.uploaded             IS 'When the pump uploaded, true time.';
INSERT INTO bookkeeping.clock_uploads BY NAME FROM main.clock_uploads;
DROP TABLE main.clock_uploads;

CREATE TABLE bookkeeping.clock_changes (
    device_assignment_id VARCHAR NOT NULL,
    raw_events_id        BIGINT  NOT NULL
);
COMMENT ON TABLE  bookkeeping.clock_changes                      IS
    'Which raw entries set a pump''s clock: all with the codes 13 and 14.';
COMMENT ON COLUMN bookkeeping.clock_changes.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN bookkeeping.clock_changes.raw_events_id        IS 'The entry in raw_events.';
INSERT INTO bookkeeping.clock_changes BY NAME FROM main.clock_changes;
DROP TABLE main.clock_changes;

CREATE TABLE bookkeeping.clock_steps (
    device_assignment_id VARCHAR   NOT NULL,
    log_position         BIGINT    NOT NULL,
    time_before          TIMESTAMP NOT NULL,
    time_after           TIMESTAMP NOT NULL
);
COMMENT ON TABLE  bookkeeping.clock_steps                      IS
    'Where the pump''s clock runs back by more than 5 minutes from one entry to the next, or on by 12 hours and more, '
    'and no setting says why: an empty battery, or a pump that was off.';
COMMENT ON COLUMN bookkeeping.clock_steps.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN bookkeeping.clock_steps.log_position         IS 'Place of the first entry after the step.';
COMMENT ON COLUMN bookkeeping.clock_steps.time_before          IS 'The clock at the entry before.';
COMMENT ON COLUMN bookkeeping.clock_steps.time_after           IS
    'The clock at the first entry after; where that entry is a setting, what it showed before it was set.';
INSERT INTO bookkeeping.clock_steps BY NAME FROM main.clock_steps;
DROP TABLE main.clock_steps;

CREATE TABLE bookkeeping.time_zones (
    time_zone      VARCHAR NOT NULL,
    duckdb_version VARCHAR NOT NULL,
    fingerprint    VARCHAR NOT NULL
);
COMMENT ON TABLE  bookkeeping.time_zones                IS
    'The zones of the pumps, and whose zone data zone_offsets has of them.';
COMMENT ON COLUMN bookkeeping.time_zones.time_zone      IS 'IANA name.';
COMMENT ON COLUMN bookkeeping.time_zones.duckdb_version IS
    'The release of DuckDB whose zone data these are. A backfill with another release compares them and updates what '
    'differs.';
COMMENT ON COLUMN bookkeeping.time_zones.fingerprint    IS
    'MD5 of the zone''s rows of zone_offsets; it changes when the rules of the zone do.';
INSERT INTO bookkeeping.time_zones BY NAME FROM main.time_zones;
DROP TABLE main.time_zones;

CREATE TABLE bookkeeping.zone_offsets (
    time_zone  VARCHAR     NOT NULL,
    starts     TIMESTAMPTZ NOT NULL,
    utc_offset INTEGER     NOT NULL
);
COMMENT ON TABLE  bookkeeping.zone_offsets            IS
    'What the zones of the pumps are ahead of UTC from 2007 to 2045, one row per change: the zone data by which '
    'records, totals and days are made.';
COMMENT ON COLUMN bookkeeping.zone_offsets.time_zone  IS 'IANA name.';
COMMENT ON COLUMN bookkeeping.zone_offsets.starts     IS
    'From when on; the first row of a zone also holds for all time before.';
COMMENT ON COLUMN bookkeeping.zone_offsets.utc_offset IS 'What the zone is ahead of UTC from then on, seconds.';
INSERT INTO bookkeeping.zone_offsets BY NAME FROM main.zone_offsets;
DROP TABLE main.zone_offsets;

CREATE TABLE bookkeeping.stage_versions (
    stage   VARCHAR NOT NULL,
    version VARCHAR NOT NULL
);
COMMENT ON TABLE  bookkeeping.stage_versions         IS
    'The version of the rules that wrote what is here; other rules do it again.';
COMMENT ON COLUMN bookkeeping.stage_versions.stage   IS 'Parse, or the name of a domain table.';
COMMENT ON COLUMN bookkeeping.stage_versions.version IS 'Fingerprint of the rules.';
INSERT INTO bookkeeping.stage_versions BY NAME FROM main.stage_versions;
DROP TABLE main.stage_versions;

CREATE TABLE bookkeeping.underived_ranges (
    device_assignment_id VARCHAR NOT NULL,
    first_position       BIGINT  NOT NULL,
    last_position        BIGINT  NOT NULL,
    table_name           VARCHAR
);
COMMENT ON TABLE  bookkeeping.underived_ranges                      IS
    'Stretches of the log whose events changed since the domain tables were derived.';
COMMENT ON COLUMN bookkeeping.underived_ranges.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN bookkeeping.underived_ranges.first_position       IS 'First log_position that changed.';
COMMENT ON COLUMN bookkeeping.underived_ranges.last_position        IS 'Last log_position that changed.';
COMMENT ON COLUMN bookkeeping.underived_ranges.table_name           IS
    'The table that is to be derived again there; null for all tables.';
INSERT INTO bookkeeping.underived_ranges BY NAME FROM main.underived_ranges;
DROP TABLE main.underived_ranges;

CREATE TABLE bookkeeping.retimed_ranges (
    device_assignment_id VARCHAR NOT NULL,
    first_position       BIGINT  NOT NULL,
    last_position        BIGINT  NOT NULL,
    shift_us             BIGINT  NOT NULL
);
COMMENT ON TABLE  bookkeeping.retimed_ranges                      IS
    'Stretches of the log whose events were put on another time as a whole, and whose rows in the domain tables were '
    'not yet.';
COMMENT ON COLUMN bookkeeping.retimed_ranges.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN bookkeeping.retimed_ranges.first_position       IS 'First log_position that moved.';
COMMENT ON COLUMN bookkeeping.retimed_ranges.last_position        IS 'Last log_position that moved.';
COMMENT ON COLUMN bookkeeping.retimed_ranges.shift_us             IS 'By how much, microseconds.';
INSERT INTO bookkeeping.retimed_ranges BY NAME FROM main.retimed_ranges;
DROP TABLE main.retimed_ranges;

CREATE TABLE bookkeeping.changed_days (
    device_assignment_id VARCHAR NOT NULL,
    day                  DATE
);
COMMENT ON TABLE  bookkeeping.changed_days                      IS 'Days whose totals must be calculated again.';
COMMENT ON COLUMN bookkeeping.changed_days.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN bookkeeping.changed_days.day                  IS
    'The day in the pump''s zone; null where true time is unknown, which is no day.';
INSERT INTO bookkeeping.changed_days BY NAME FROM main.changed_days;
DROP TABLE main.changed_days;

CREATE TABLE bookkeeping.table_rows (
    table_name VARCHAR NOT NULL,
    rows       BIGINT  NOT NULL
);
COMMENT ON TABLE  bookkeeping.table_rows            IS
    'How many rows the pipeline left in each domain table. Where a table has another number now, the next backfill '
    'derives it again.';
COMMENT ON COLUMN bookkeeping.table_rows.table_name IS 'The table.';
COMMENT ON COLUMN bookkeeping.table_rows.rows       IS 'Its rows after it was last written.';
INSERT INTO bookkeeping.table_rows BY NAME FROM main.table_rows;
DROP TABLE main.table_rows;

CREATE TABLE bookkeeping.therapy_entries (
    events_id            BIGINT      NOT NULL,
    device_assignment_id VARCHAR     NOT NULL,
    log_position         BIGINT      NOT NULL,
    timestamp            TIMESTAMPTZ,
    pump_time            TIMESTAMP   NOT NULL,
    event_id             INTEGER     NOT NULL,
    subject              VARCHAR,
    event_data           JSON        NOT NULL USING COMPRESSION zstd
);
COMMENT ON TABLE  bookkeeping.therapy_entries                      IS
    'Copies of the rare entries of events, some sixty a day, that are joined to rows spanning several entries: so '
    'that an entry''s partner is found, however far away, without reading the log in between.';
COMMENT ON COLUMN bookkeeping.therapy_entries.events_id            IS 'The entry in events.';
COMMENT ON COLUMN bookkeeping.therapy_entries.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN bookkeeping.therapy_entries.log_position         IS 'Place of the entry in the pump''s log.';
COMMENT ON COLUMN bookkeeping.therapy_entries.timestamp            IS 'True time; null where it cannot be known.';
COMMENT ON COLUMN bookkeeping.therapy_entries.pump_time            IS 'Pump wall clock.';
COMMENT ON COLUMN bookkeeping.therapy_entries.event_id             IS 'The kind of entry: the event code.';
COMMENT ON COLUMN bookkeeping.therapy_entries.subject              IS
    'What the entry is about: the id of the bolus, or the kind, sensor and id of the alert.';
COMMENT ON COLUMN bookkeeping.therapy_entries.event_data           IS 'Its properties, as in events.';
INSERT INTO bookkeeping.therapy_entries BY NAME FROM main.therapy_entries;
DROP TABLE main.therapy_entries;

CREATE TABLE bookkeeping.cgm_omissions (
    events_id            BIGINT  NOT NULL,
    device_assignment_id VARCHAR NOT NULL,
    log_position         BIGINT  NOT NULL,
    reason               VARCHAR NOT NULL,
    reading_position     BIGINT
);
COMMENT ON TABLE  bookkeeping.cgm_omissions                      IS
    'Glucose entries that are no reading of their own: with cgm_readings they account for every glucose entry.';
COMMENT ON COLUMN bookkeeping.cgm_omissions.events_id            IS 'The entry in events.';
COMMENT ON COLUMN bookkeeping.cgm_omissions.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN bookkeeping.cgm_omissions.log_position         IS 'Place of the entry in the pump''s log.';
COMMENT ON COLUMN bookkeeping.cgm_omissions.reason               IS
    'Duplicate: backfilled although it had been read live, or logged twice. DoNotShow: the sensor says so. NoValue: '
    'the entry lacks its time, or a value between 40 and 400 mg/dL.';
COMMENT ON COLUMN bookkeeping.cgm_omissions.reading_position     IS
    'The log_position of the reading that a duplicate repeats.';
INSERT INTO bookkeeping.cgm_omissions BY NAME FROM main.cgm_omissions;
DROP TABLE main.cgm_omissions;
