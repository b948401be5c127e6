-- Since schema version 4.

CREATE TABLE bg_readings (
    id                   BIGINT      NOT NULL,
    events_id            BIGINT      NOT NULL,
    device_assignment_id VARCHAR     NOT NULL,
    log_position         BIGINT      NOT NULL,
    timestamp            TIMESTAMPTZ,
    pump_time            TIMESTAMP   NOT NULL,
    glucose              INTEGER,
    from_cgm             BOOLEAN,
    entered_remotely     BOOLEAN,
    calibration          BOOLEAN,
    iob                  DECIMAL(7, 3),
    correction_factor    INTEGER,
    target_bg            INTEGER
);
COMMENT ON TABLE  bg_readings                      IS 'Glucose values entered for a bolus or a calibration.';
COMMENT ON COLUMN bg_readings.id                   IS 'The id of the entry.';
COMMENT ON COLUMN bg_readings.events_id            IS 'The entry in events.';
COMMENT ON COLUMN bg_readings.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN bg_readings.log_position         IS 'Place of the entry in the pump''s log.';
COMMENT ON COLUMN bg_readings.timestamp            IS 'True time; null where it cannot be known.';
COMMENT ON COLUMN bg_readings.pump_time            IS 'Pump wall clock.';
COMMENT ON COLUMN bg_readings.glucose              IS 'Glucose, mg/dL.';
COMMENT ON COLUMN bg_readings.from_cgm             IS
    'Whether the pump filled it in from the sensor: then it is no finger stick.';
COMMENT ON COLUMN bg_readings.entered_remotely     IS 'Whether it came from the phone instead of the pump''s screen.';
COMMENT ON COLUMN bg_readings.calibration          IS 'Whether the sensor was calibrated with it.';
COMMENT ON COLUMN bg_readings.iob                  IS 'Insulin on board, units.';
COMMENT ON COLUMN bg_readings.correction_factor    IS 'Correction factor (ISF) in force, mg/dL per unit.';
COMMENT ON COLUMN bg_readings.target_bg            IS 'Target in force, mg/dL.';
