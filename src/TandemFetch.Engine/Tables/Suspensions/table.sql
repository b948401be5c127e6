-- Since schema version 4.

CREATE TABLE suspensions (
    id                   BIGINT      NOT NULL,
    events_id            BIGINT      NOT NULL,
    device_assignment_id VARCHAR     NOT NULL,
    log_position         BIGINT      NOT NULL,
    ended_position       BIGINT,
    timestamp            TIMESTAMPTZ,
    pump_time            TIMESTAMP   NOT NULL,
    reason               VARCHAR,
    insulin_remaining    INTEGER,
    ended                TIMESTAMPTZ,
    duration_seconds     BIGINT
);
COMMENT ON TABLE  suspensions                      IS 'Stretches in which all insulin was suspended.';
COMMENT ON COLUMN suspensions.id                   IS 'The id of the entry that begins it.';
COMMENT ON COLUMN suspensions.events_id            IS 'The entry in events that begins it.';
COMMENT ON COLUMN suspensions.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN suspensions.log_position         IS 'Place of the entry that begins it in the pump''s log.';
COMMENT ON COLUMN suspensions.ended_position       IS 'Place of the entry that ends it.';
COMMENT ON COLUMN suspensions.timestamp            IS 'When it began, true time; null where it cannot be known.';
COMMENT ON COLUMN suspensions.pump_time            IS 'When it began, pump wall clock.';
COMMENT ON COLUMN suspensions.reason               IS
    'User Aborted, Terminated by Alarm, Terminated by Malfunction, Auto Suspend by PLGS (a low was predicted), or an '
    'unknown code.';
COMMENT ON COLUMN suspensions.insulin_remaining    IS 'Insulin left in the cartridge at its beginning, units.';
COMMENT ON COLUMN suspensions.ended                IS
    'When insulin was resumed, true time; null while it is suspended.';
COMMENT ON COLUMN suspensions.duration_seconds     IS
    'How long it lasted, seconds; null while it lasts, and where it cannot be known.';
