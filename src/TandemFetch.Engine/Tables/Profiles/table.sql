-- Since schema version 5.

CREATE TABLE profiles (
    pump_settings_id     BIGINT      NOT NULL,
    device_assignment_id VARCHAR     NOT NULL,
    timestamp            TIMESTAMPTZ,
    profile_id           INTEGER     NOT NULL,
    name                 VARCHAR,
    active               BOOLEAN     NOT NULL,
    insulin_minutes      INTEGER,
    max_bolus            DECIMAL(7, 3),
    carb_entry           VARCHAR
);
COMMENT ON TABLE  profiles                      IS 'Personal profiles of each version of the settings.';
COMMENT ON COLUMN profiles.pump_settings_id     IS 'The version.';
COMMENT ON COLUMN profiles.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN profiles.timestamp            IS 'The upload that first showed the version, true time.';
COMMENT ON COLUMN profiles.profile_id           IS 'The pump''s number of the profile.';
COMMENT ON COLUMN profiles.name                 IS 'What its owner calls it.';
COMMENT ON COLUMN profiles.active               IS 'Whether it was in force.';
COMMENT ON COLUMN profiles.insulin_minutes      IS 'Duration of insulin action, minutes.';
COMMENT ON COLUMN profiles.max_bolus            IS 'Largest bolus allowed, units.';
COMMENT ON COLUMN profiles.carb_entry           IS 'Whether boluses are requested in carbs, such as UnitsAsCarbs.';

CREATE TABLE profile_segments (
    pump_settings_id     BIGINT   NOT NULL,
    device_assignment_id VARCHAR  NOT NULL,
    profile_id           INTEGER  NOT NULL,
    segment              INTEGER  NOT NULL,
    start_minute         INTEGER  NOT NULL,
    basal_rate           DECIMAL(7, 3),
    correction_factor    INTEGER,
    carb_ratio           DECIMAL(9, 3),
    target_bg            INTEGER
);
COMMENT ON TABLE  profile_segments                      IS
    'Parts of the day of each profile; unused ones are left out.';
COMMENT ON COLUMN profile_segments.pump_settings_id     IS 'The version of the settings.';
COMMENT ON COLUMN profile_segments.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN profile_segments.profile_id           IS 'The profile.';
COMMENT ON COLUMN profile_segments.segment              IS '1 for the first of the profile.';
COMMENT ON COLUMN profile_segments.start_minute         IS 'Where it begins, minutes after the pump''s midnight.';
COMMENT ON COLUMN profile_segments.basal_rate           IS 'Basal rate, units/h.';
COMMENT ON COLUMN profile_segments.correction_factor    IS 'Correction factor (ISF), mg/dL per unit.';
COMMENT ON COLUMN profile_segments.carb_ratio           IS 'Carb ratio, grams per unit.';
COMMENT ON COLUMN profile_segments.target_bg            IS 'Target, mg/dL.';
