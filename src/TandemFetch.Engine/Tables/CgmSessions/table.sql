-- Since schema version 4.

CREATE TABLE cgm_sessions (
    id                   BIGINT      NOT NULL,
    events_id            BIGINT      NOT NULL,
    device_assignment_id VARCHAR     NOT NULL,
    log_position         BIGINT      NOT NULL,
    timestamp            TIMESTAMPTZ,
    pump_time            TIMESTAMP   NOT NULL,
    sensor               VARCHAR     NOT NULL,
    began_with           VARCHAR     NOT NULL,
    planned_days         INTEGER,
    rejoined             INTEGER     NOT NULL,
    ended                TIMESTAMPTZ,
    ended_by             VARCHAR,
    stop_reason          VARCHAR,
    duration_seconds     BIGINT,
    ended_position       BIGINT
);
COMMENT ON TABLE  cgm_sessions                      IS 'Sessions of the glucose sensor, as the pump took part in them.';
COMMENT ON COLUMN cgm_sessions.id                   IS 'The id of the entry that begins it.';
COMMENT ON COLUMN cgm_sessions.events_id            IS 'The entry in events that begins it.';
COMMENT ON COLUMN cgm_sessions.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN cgm_sessions.log_position         IS 'Place of the entry that begins it in the pump''s log.';
COMMENT ON COLUMN cgm_sessions.timestamp            IS
    'When the pump started or joined it, true time; null where it cannot be known.';
COMMENT ON COLUMN cgm_sessions.pump_time            IS 'The same by the pump''s wall clock.';
COMMENT ON COLUMN cgm_sessions.sensor               IS 'G6, G7, Libre 2 or Libre 3.';
COMMENT ON COLUMN cgm_sessions.began_with           IS
    'Start: the pump started the session. Join: the pump joined one that was running.';
COMMENT ON COLUMN cgm_sessions.planned_days         IS
    'How long the sensor is made for, days; null when the entry does not tell whole days.';
COMMENT ON COLUMN cgm_sessions.rejoined             IS
    'How often the pump joined the same session again, as after a long gap.';
COMMENT ON COLUMN cgm_sessions.ended                IS 'When it ended, true time; null while it lasts.';
COMMENT ON COLUMN cgm_sessions.ended_by             IS
    'Stop, or NextSession when the next one begins without a stop in the log; null while it lasts.';
COMMENT ON COLUMN cgm_sessions.stop_reason          IS 'Why it stopped: a label for G6, the pump''s number for others.';
COMMENT ON COLUMN cgm_sessions.duration_seconds     IS
    'How long the pump took part, seconds; null while it lasts, and where it cannot be known.';
COMMENT ON COLUMN cgm_sessions.ended_position       IS 'Place of the entry that ends it; null while it lasts.';
