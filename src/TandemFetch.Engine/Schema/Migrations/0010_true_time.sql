-- The zone data that everything in the file goes by, who said which zone a pump is in, and what a pump's clock is
-- resolved from besides its settings.

ALTER TABLE pumps ADD COLUMN time_zone_set_by VARCHAR;
COMMENT ON COLUMN pumps.time_zone_set_by IS 'User: set by hand with Set-TandemPump or Import-TandemRawEvent -TimeZone. Session: what the credentials or the environment said when the pump was new. Null: not recorded, or the zone of another pump of the account.';

CREATE TABLE time_zones (
    time_zone      VARCHAR NOT NULL,
    duckdb_version VARCHAR NOT NULL,
    fingerprint    VARCHAR NOT NULL
);
COMMENT ON TABLE  time_zones                IS 'The zones of the pumps, and whose zone data zone_offsets has of them.';
COMMENT ON COLUMN time_zones.time_zone      IS 'IANA name.';
COMMENT ON COLUMN time_zones.duckdb_version IS 'The release of DuckDB whose zone data these are. A backfill with another release compares them and updates what differs.';
COMMENT ON COLUMN time_zones.fingerprint    IS 'MD5 of the zone''s rows of zone_offsets; it changes when the rules of the zone do.';

CREATE TABLE zone_offsets (
    time_zone  VARCHAR     NOT NULL,
    starts     TIMESTAMPTZ NOT NULL,
    utc_offset INTEGER     NOT NULL
);
COMMENT ON TABLE  zone_offsets            IS 'What the zones of the pumps are ahead of UTC from 2007 to 2045, one row per change: the zone data by which records, totals and days are made.';
COMMENT ON COLUMN zone_offsets.time_zone  IS 'IANA name.';
COMMENT ON COLUMN zone_offsets.starts     IS 'From when on; the first row of a zone also holds for all time before.';
COMMENT ON COLUMN zone_offsets.utc_offset IS 'What the zone is ahead of UTC from then on, seconds.';

CREATE TABLE clock_uploads (
    device_assignment_id VARCHAR     NOT NULL,
    log_position         BIGINT      NOT NULL,
    pump_time            TIMESTAMP   NOT NULL,
    uploaded             TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE  clock_uploads                      IS 'What uploads show of the pump''s clock: the newest entry of an upload is little older than the upload. The last one of each day of uploads.';
COMMENT ON COLUMN clock_uploads.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN clock_uploads.log_position         IS 'Place of the newest uploaded entry in the pump''s log.';
COMMENT ON COLUMN clock_uploads.pump_time            IS 'That entry''s time, pump wall clock.';
COMMENT ON COLUMN clock_uploads.uploaded             IS 'When the pump uploaded, true time.';

CREATE TABLE clock_steps (
    device_assignment_id VARCHAR   NOT NULL,
    log_position         BIGINT    NOT NULL,
    time_before          TIMESTAMP NOT NULL,
    time_after           TIMESTAMP NOT NULL
);
COMMENT ON TABLE  clock_steps                      IS 'Where the pump''s clock runs back by more than 5 minutes from one entry to the next, or on by 12 hours and more, and no setting says why: an empty battery, or a pump that was off.';
COMMENT ON COLUMN clock_steps.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN clock_steps.log_position         IS 'Place of the first entry after the step.';
COMMENT ON COLUMN clock_steps.time_before          IS 'The clock at the entry before.';
COMMENT ON COLUMN clock_steps.time_after           IS 'The clock at the first entry after; where that entry is a setting, what it showed before it was set.';

COMMENT ON TABLE  clock_spans             IS 'Stretches of the log between two settings or silent jumps of the pump''s clock. True time = pump_time − utc_offset − drift.';
COMMENT ON COLUMN clock_spans.first_pump_time    IS 'The clock right after the setting or jump that begins the span; null for the first span.';
COMMENT ON COLUMN clock_spans.utc_offset_minutes IS 'What the clock was ahead of UTC by a zone: the nearest offset that a zone could have, minutes; null where true time cannot be known.';
COMMENT ON COLUMN clock_spans.drift_ms           IS 'What it was ahead besides, by drift, by being set roughly or to a wrong date, milliseconds.';
COMMENT ON COLUMN clock_spans.resolved_by        IS 'ZoneUpload, TravelUpload or Zone for the newest span (its offset agrees with the last upload by an offset of the zone, by another one, or could not be checked); Change: counted from the span beside it by the size of the setting between them. Before a silent jump: EarlierUpload (an earlier upload shows the offset), AfterJump (the first offset after the jump that a zone could have), AtJump (the log goes on where it stopped). Unknown.';

-- The one upload that an older file knows of each pump.
INSERT INTO clock_uploads BY NAME
SELECT
    device_assignment_id,
    max((sequence_group << 32) | sequence_number) AS log_position,
    last_event AS pump_time,
    last_upload AS uploaded
FROM pumps
JOIN raw_events USING (device_assignment_id)
WHERE raw_events.pump_time = pumps.last_event AND last_upload IS NOT NULL
GROUP BY ALL;
