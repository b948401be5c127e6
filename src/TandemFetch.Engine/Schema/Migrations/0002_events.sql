-- Parsed entries on true time, and what is left to derive from them.

CREATE TABLE events (
    id                   BIGINT      NOT NULL,
    raw_events_id        BIGINT      NOT NULL,
    created              TIMESTAMPTZ NOT NULL,
    device_assignment_id VARCHAR     NOT NULL,
    log_position         BIGINT      NOT NULL,
    timestamp            TIMESTAMPTZ,
    pump_time            TIMESTAMP   NOT NULL,
    event_id             INTEGER     NOT NULL,
    event_name           VARCHAR     NOT NULL,
    event_data           JSON        NOT NULL USING COMPRESSION zstd
);
COMMENT ON TABLE  events                      IS 'One row per log entry: named, scaled, on true time.';
COMMENT ON COLUMN events.id                   IS 'The id of the raw entry.';
COMMENT ON COLUMN events.raw_events_id        IS 'The raw entry it was parsed from: its newest revision.';
COMMENT ON COLUMN events.created              IS 'When the row was written.';
COMMENT ON COLUMN events.device_assignment_id IS 'The pump that logged the entry.';
COMMENT ON COLUMN events.log_position         IS 'Place in the pump''s log: sequence_group × 2³² + sequence_number. Order by this and never by time: a wall clock set back repeats itself.';
COMMENT ON COLUMN events.timestamp            IS 'True time; null where it cannot be known.';
COMMENT ON COLUMN events.pump_time            IS 'The pump''s own wall clock.';
COMMENT ON COLUMN events.event_id             IS 'The kind of entry: the event code.';
COMMENT ON COLUMN events.event_name           IS 'Its name in the pump''s log, or UNKNOWN_ and the code.';
COMMENT ON COLUMN events.event_data           IS 'Its properties by name: real units, labels instead of codes, null instead of "not recorded".';

CREATE TABLE clock_spans (
    device_assignment_id VARCHAR NOT NULL,
    first_position       BIGINT  NOT NULL,
    last_position        BIGINT,
    first_pump_time      TIMESTAMP,
    utc_offset_minutes   INTEGER,
    drift_ms             BIGINT,
    resolved_by          VARCHAR NOT NULL
);
COMMENT ON TABLE  clock_spans                      IS 'Stretches of the log between two settings of the pump''s clock. True time = pump_time − utc_offset − drift.';
COMMENT ON COLUMN clock_spans.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN clock_spans.first_position       IS 'First log_position of the span.';
COMMENT ON COLUMN clock_spans.last_position        IS 'Last log_position of the span; null for the newest span, which is open.';
COMMENT ON COLUMN clock_spans.first_pump_time      IS 'The clock right after the setting that begins the span; null for the first span.';
COMMENT ON COLUMN clock_spans.utc_offset_minutes   IS 'What the clock was ahead of UTC by its zone, minutes; null where true time cannot be known.';
COMMENT ON COLUMN clock_spans.drift_ms             IS 'What it was ahead besides, by drift or by being set roughly, milliseconds.';
COMMENT ON COLUMN clock_spans.resolved_by          IS 'ZoneUpload, TravelUpload or Zone for the newest span (its offset agrees with the last upload by an offset of the zone, by another one, or could not be checked); Change: counted back from the next span; Unknown.';

CREATE TABLE underived_ranges (
    device_assignment_id VARCHAR NOT NULL,
    first_position       BIGINT  NOT NULL,
    last_position        BIGINT  NOT NULL
);
COMMENT ON TABLE  underived_ranges                      IS 'Stretches of the log whose events changed since the domain tables were derived.';
COMMENT ON COLUMN underived_ranges.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN underived_ranges.first_position       IS 'First log_position that changed.';
COMMENT ON COLUMN underived_ranges.last_position        IS 'Last log_position that changed.';

CREATE TABLE stage_versions (
    stage   VARCHAR NOT NULL,
    version VARCHAR NOT NULL
);
COMMENT ON TABLE  stage_versions         IS 'The version of the rules that wrote what is here; other rules do it again.';
COMMENT ON COLUMN stage_versions.stage   IS 'Parse, or the name of a domain table.';
COMMENT ON COLUMN stage_versions.version IS 'Fingerprint of the rules.';
