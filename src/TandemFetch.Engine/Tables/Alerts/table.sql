-- Since schema version 4.

CREATE TABLE alerts (
    id                    BIGINT      NOT NULL,
    events_id             BIGINT      NOT NULL,
    device_assignment_id  VARCHAR     NOT NULL,
    log_position          BIGINT      NOT NULL,
    acknowledged_position BIGINT,
    cleared_position      BIGINT,
    timestamp             TIMESTAMPTZ,
    pump_time             TIMESTAMP   NOT NULL,
    kind                  VARCHAR     NOT NULL,
    alert                 VARCHAR,
    sensor                VARCHAR,
    reminder              BOOLEAN     NOT NULL,
    acknowledged          TIMESTAMPTZ,
    acknowledged_by       VARCHAR,
    cleared               TIMESTAMPTZ,
    duration_seconds      BIGINT
);
COMMENT ON TABLE  alerts                       IS
    'One row per activation of an alert, alarm, malfunction or sensor alert.';
COMMENT ON COLUMN alerts.id                    IS 'The id of the entry that activates it.';
COMMENT ON COLUMN alerts.events_id             IS 'The entry in events that activates it.';
COMMENT ON COLUMN alerts.device_assignment_id  IS 'The pump.';
COMMENT ON COLUMN alerts.log_position          IS 'Place of the activation in the pump''s log.';
COMMENT ON COLUMN alerts.acknowledged_position IS 'Place of the acknowledgement.';
COMMENT ON COLUMN alerts.cleared_position      IS 'Place of the clearing.';
COMMENT ON COLUMN alerts.timestamp             IS 'When it was activated, true time; null where it cannot be known.';
COMMENT ON COLUMN alerts.pump_time             IS 'When it was activated, pump wall clock.';
COMMENT ON COLUMN alerts.kind                  IS 'Alert, Alarm, Malfunction or CgmAlert.';
COMMENT ON COLUMN alerts.alert                 IS 'Its name in the pump''s log, or its number where that has no name.';
COMMENT ON COLUMN alerts.sensor                IS
    'For sensor alerts: G6, G7, Libre 2, Libre 3, or an unknown type; null where the entry does not tell.';
COMMENT ON COLUMN alerts.reminder              IS 'Whether it only reminds of a pump that is still suspended.';
COMMENT ON COLUMN alerts.acknowledged          IS 'When it was acknowledged, true time.';
COMMENT ON COLUMN alerts.acknowledged_by       IS 'User or Software, or an unknown code.';
COMMENT ON COLUMN alerts.cleared               IS
    'When it was cleared, true time: the next clearing of the same id and sensor. Null while it stands.';
COMMENT ON COLUMN alerts.duration_seconds      IS
    'From activation to clearing, seconds; null while it stands, and where it cannot be known.';
