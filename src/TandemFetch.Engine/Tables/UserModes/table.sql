-- Since schema version 4.

CREATE TABLE user_modes (
    id                   BIGINT      NOT NULL,
    events_id            BIGINT      NOT NULL,
    device_assignment_id VARCHAR     NOT NULL,
    log_position         BIGINT      NOT NULL,
    ended_position       BIGINT,
    timestamp            TIMESTAMPTZ,
    pump_time            TIMESTAMP   NOT NULL,
    mode                 VARCHAR     NOT NULL,
    started_by           VARCHAR     NOT NULL,
    planned_minutes      INTEGER,
    ended                TIMESTAMPTZ,
    duration_seconds     BIGINT
);
COMMENT ON TABLE  user_modes                      IS 'Stretches of sleep, exercise and eating soon.';
COMMENT ON COLUMN user_modes.id                   IS 'The id of the entry that begins it.';
COMMENT ON COLUMN user_modes.events_id            IS 'The entry in events that begins it.';
COMMENT ON COLUMN user_modes.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN user_modes.log_position         IS 'Place of the entry that begins it in the pump''s log.';
COMMENT ON COLUMN user_modes.ended_position       IS 'Place of the entry that ends it.';
COMMENT ON COLUMN user_modes.timestamp            IS 'When it began, true time; null where it cannot be known.';
COMMENT ON COLUMN user_modes.pump_time            IS 'When it began, pump wall clock.';
COMMENT ON COLUMN user_modes.mode                 IS 'Sleeping, Exercising, Eating Soon, or an unknown code.';
COMMENT ON COLUMN user_modes.started_by           IS 'User or Schedule.';
COMMENT ON COLUMN user_modes.planned_minutes      IS 'Planned duration of exercise, minutes; null if none was set.';
COMMENT ON COLUMN user_modes.ended                IS 'When it ended, true time; null while it lasts.';
COMMENT ON COLUMN user_modes.duration_seconds     IS
    'How long it lasted, seconds; null while it lasts, and where it cannot be known.';
