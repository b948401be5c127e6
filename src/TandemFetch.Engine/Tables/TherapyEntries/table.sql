-- Since schema version 4.

CREATE TABLE bookkeeping.therapy_entries (
    events_id            BIGINT    NOT NULL,
    device_assignment_id VARCHAR   NOT NULL,
    log_position         BIGINT    NOT NULL,
    timestamp            TIMESTAMPTZ,
    pump_time            TIMESTAMP NOT NULL,
    event_id             INTEGER   NOT NULL,
    subject              VARCHAR,
    event_data           JSON      NOT NULL USING COMPRESSION zstd
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
