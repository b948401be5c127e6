-- Since schema version 4.

CREATE TABLE boluses (
    id                   BIGINT      NOT NULL,
    events_id            BIGINT      NOT NULL,
    device_assignment_id VARCHAR     NOT NULL,
    log_position         BIGINT      NOT NULL,
    last_position        BIGINT      NOT NULL,
    timestamp            TIMESTAMPTZ,
    pump_time            TIMESTAMP   NOT NULL,
    bolus_id             INTEGER     NOT NULL,
    kind                 VARCHAR,
    source               VARCHAR,
    status               VARCHAR,
    started              TIMESTAMPTZ,
    ended                TIMESTAMPTZ,
    requested            DECIMAL(7, 3),
    requested_food       DECIMAL(7, 3),
    requested_correction DECIMAL(7, 3),
    requested_now        DECIMAL(7, 3),
    requested_later      DECIMAL(7, 3),
    extended_minutes     INTEGER,
    delivered            DECIMAL(7, 3),
    delivered_now        DECIMAL(7, 3),
    delivered_later      DECIMAL(7, 3),
    carbs                INTEGER,
    bg                   INTEGER,
    iob                  DECIMAL(7, 3),
    carb_ratio           DECIMAL(9, 3),
    correction_factor    INTEGER,
    target_bg            INTEGER,
    overridden           BOOLEAN,
    declined_correction  BOOLEAN,
    started_position     BIGINT,
    ended_position       BIGINT
);
COMMENT ON TABLE  boluses                      IS
    'One row per bolus, joined from its request, start, progress and completion.';
COMMENT ON COLUMN boluses.id                   IS 'The id of its first entry.';
COMMENT ON COLUMN boluses.events_id            IS 'Its first entry in events.';
COMMENT ON COLUMN boluses.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN boluses.log_position         IS 'Place of its first entry in the pump''s log.';
COMMENT ON COLUMN boluses.last_position        IS 'Place of its last entry.';
COMMENT ON COLUMN boluses.timestamp            IS
    'True time of its first entry, the request as a rule; null where it cannot be known.';
COMMENT ON COLUMN boluses.pump_time            IS 'The same by the pump''s wall clock.';
COMMENT ON COLUMN boluses.bolus_id             IS 'The pump''s own number for it: 16 bits, starts again after 65535.';
COMMENT ON COLUMN boluses.kind                 IS
    'Standard, Extended, Quick, Automatic, Eating Soon Automatic, Late, or an unknown code; null if no entry says.';
COMMENT ON COLUMN boluses.source               IS
    'Algorithm, Bluetooth, Pump Screen, Quick Bolus Button, Remote, Eating Soon, or an unknown code; null if no entry '
    'says.';
COMMENT ON COLUMN boluses.status               IS
    'How it ended: Completed, User Aborted, Terminated by Alarm …; null while it runs, or when the completion is not '
    'in the log.';
COMMENT ON COLUMN boluses.started              IS 'When insulin began to flow, true time.';
COMMENT ON COLUMN boluses.ended                IS 'When the last part ended, true time; null while it runs.';
COMMENT ON COLUMN boluses.requested            IS 'Asked for altogether, units.';
COMMENT ON COLUMN boluses.requested_food       IS 'Of it for food, units.';
COMMENT ON COLUMN boluses.requested_correction IS 'Of it for correction, units.';
COMMENT ON COLUMN boluses.requested_now        IS 'To be delivered at once, units.';
COMMENT ON COLUMN boluses.requested_later      IS 'To be delivered over extended_minutes, units.';
COMMENT ON COLUMN boluses.extended_minutes     IS
    'How long the extended part is to take, minutes; null when there is none.';
COMMENT ON COLUMN boluses.delivered            IS
    'Delivered altogether, units; while it runs, by the parts that have ended.';
COMMENT ON COLUMN boluses.delivered_now        IS 'Delivered at once, units; null until that part has ended.';
COMMENT ON COLUMN boluses.delivered_later      IS 'Delivered by the extended part, units; null until it has ended.';
COMMENT ON COLUMN boluses.carbs                IS
    'Carbohydrates entered, grams; 0 for none, null when the request is not in the log.';
COMMENT ON COLUMN boluses.bg                   IS 'Glucose entered for it, mg/dL; null for none.';
COMMENT ON COLUMN boluses.iob                  IS 'Insulin on board at the request, units.';
COMMENT ON COLUMN boluses.carb_ratio           IS 'Carb ratio used, grams per unit; null when not recorded.';
COMMENT ON COLUMN boluses.correction_factor    IS
    'Correction factor (ISF) used, mg/dL per unit; null when not recorded.';
COMMENT ON COLUMN boluses.target_bg            IS 'Target used, mg/dL; null when not recorded.';
COMMENT ON COLUMN boluses.overridden           IS 'Whether the user changed the size that the pump proposed.';
COMMENT ON COLUMN boluses.declined_correction  IS 'Whether the user declined the correction that the pump proposed.';
COMMENT ON COLUMN boluses.started_position     IS 'Place of the entry that says when insulin began to flow.';
COMMENT ON COLUMN boluses.ended_position       IS 'Place of the entry that says when the last part ended.';
