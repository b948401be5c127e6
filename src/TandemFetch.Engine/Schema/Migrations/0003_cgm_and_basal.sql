-- Glucose readings and basal insulin.

CREATE TABLE cgm_readings (
    id                   BIGINT      NOT NULL,
    events_id            BIGINT      NOT NULL,
    device_assignment_id VARCHAR     NOT NULL,
    log_position         BIGINT      NOT NULL,
    timestamp            TIMESTAMPTZ,
    pump_time            TIMESTAMP   NOT NULL,
    glucose              SMALLINT    NOT NULL,
    status               VARCHAR     NOT NULL,
    rate_of_change       DECIMAL(5, 1),
    sensor               VARCHAR     NOT NULL,
    backfilled           BOOLEAN     NOT NULL
);
COMMENT ON TABLE  cgm_readings                      IS 'One row per measurement of the glucose sensor.';
COMMENT ON COLUMN cgm_readings.id                   IS 'The id of the entry.';
COMMENT ON COLUMN cgm_readings.events_id            IS 'The entry in events.';
COMMENT ON COLUMN cgm_readings.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN cgm_readings.log_position         IS 'Place of the entry in the pump''s log.';
COMMENT ON COLUMN cgm_readings.timestamp            IS 'When it was measured, true time; null where it cannot be known.';
COMMENT ON COLUMN cgm_readings.pump_time            IS 'When it was measured, pump wall clock. A backfilled reading was logged later.';
COMMENT ON COLUMN cgm_readings.glucose              IS 'Glucose, mg/dL; 401 stands for above and 39 for below the range of the sensor.';
COMMENT ON COLUMN cgm_readings.status               IS 'Normal, High (above range), Low (below range), or the code or label of a status unknown to this version.';
COMMENT ON COLUMN cgm_readings.rate_of_change       IS 'Trend, mg/dL per minute.';
COMMENT ON COLUMN cgm_readings.sensor               IS 'G6, G7, Libre 2 or Libre 3.';
COMMENT ON COLUMN cgm_readings.backfilled           IS 'Whether the sensor handed it in later, after a gap.';

CREATE TABLE cgm_omissions (
    events_id            BIGINT  NOT NULL,
    device_assignment_id VARCHAR NOT NULL,
    log_position         BIGINT  NOT NULL,
    reason               VARCHAR NOT NULL,
    reading_position     BIGINT
);
COMMENT ON TABLE  cgm_omissions                      IS 'Glucose entries that are no reading of their own: with cgm_readings they account for every glucose entry.';
COMMENT ON COLUMN cgm_omissions.events_id            IS 'The entry in events.';
COMMENT ON COLUMN cgm_omissions.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN cgm_omissions.log_position         IS 'Place of the entry in the pump''s log.';
COMMENT ON COLUMN cgm_omissions.reason               IS 'Duplicate: backfilled although it had been read live. DoNotShow: the sensor says so. NoValue: the entry lacks its time, or a value between 40 and 400 mg/dL.';
COMMENT ON COLUMN cgm_omissions.reading_position     IS 'The log_position of the reading that a duplicate repeats.';

CREATE TABLE basal_deliveries (
    id                   BIGINT      NOT NULL,
    events_id            BIGINT      NOT NULL,
    device_assignment_id VARCHAR     NOT NULL,
    log_position         BIGINT      NOT NULL,
    timestamp            TIMESTAMPTZ,
    pump_time            TIMESTAMP   NOT NULL,
    rate                 DECIMAL(7, 3),
    rate_source          VARCHAR,
    profile_rate         DECIMAL(7, 3),
    algorithm_rate       DECIMAL(7, 3),
    temp_rate            DECIMAL(7, 3),
    ended                TIMESTAMPTZ,
    duration_seconds     BIGINT
);
COMMENT ON TABLE  basal_deliveries                      IS 'One row per stretch of basal insulin at one rate.';
COMMENT ON COLUMN basal_deliveries.id                   IS 'The id of the entry that begins it.';
COMMENT ON COLUMN basal_deliveries.events_id            IS 'The entry in events that begins it.';
COMMENT ON COLUMN basal_deliveries.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN basal_deliveries.log_position         IS 'Place of the entry in the pump''s log.';
COMMENT ON COLUMN basal_deliveries.timestamp            IS 'When it began, true time; null where it cannot be known.';
COMMENT ON COLUMN basal_deliveries.pump_time            IS 'When it began, pump wall clock.';
COMMENT ON COLUMN basal_deliveries.rate                 IS 'Rate commanded, units/h; 0 while suspended.';
COMMENT ON COLUMN basal_deliveries.rate_source          IS 'What commanded it: Suspended, Profile, Temp Rate, Algorithm, Temp Rate and Algorithm, or an unknown code.';
COMMENT ON COLUMN basal_deliveries.profile_rate         IS 'Rate of the active profile, units/h.';
COMMENT ON COLUMN basal_deliveries.algorithm_rate       IS 'Rate that the algorithm wants, units/h; null when it has no say.';
COMMENT ON COLUMN basal_deliveries.temp_rate            IS 'Temporary rate, units/h; null when there is none.';
COMMENT ON COLUMN basal_deliveries.ended                IS 'When it ended, true time: at the next delivery, or where the log stops for more than 15 minutes. Null while it goes on.';
COMMENT ON COLUMN basal_deliveries.duration_seconds     IS 'How long it lasted, seconds; null while it goes on.';
