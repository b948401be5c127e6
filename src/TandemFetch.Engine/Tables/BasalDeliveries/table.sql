-- Since schema version 3.

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
    duration_seconds     BIGINT,
    ended_position       BIGINT,
    delivered            DECIMAL(7, 3)
);
COMMENT ON TABLE  basal_deliveries                      IS 'One row per period of basal insulin at one rate.';
COMMENT ON COLUMN basal_deliveries.id                   IS 'The id of the entry that begins it.';
COMMENT ON COLUMN basal_deliveries.events_id            IS 'The entry in events that begins it.';
COMMENT ON COLUMN basal_deliveries.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN basal_deliveries.log_position         IS 'Place of the entry in the pump''s log.';
COMMENT ON COLUMN basal_deliveries.timestamp            IS 'When it began, true time; null where it cannot be known.';
COMMENT ON COLUMN basal_deliveries.pump_time            IS 'When it began, pump wall clock.';
COMMENT ON COLUMN basal_deliveries.rate                 IS 'Rate commanded, units/h; 0 while suspended.';
COMMENT ON COLUMN basal_deliveries.rate_source          IS
    'What commanded it: Suspended, Profile, Temp Rate, Algorithm, Temp Rate and Algorithm, of doses also Profile and '
    'Temp Rate and Algorithm and Temp Control Rate, or an unknown code.';
COMMENT ON COLUMN basal_deliveries.profile_rate         IS 'Rate of the active profile, units/h.';
COMMENT ON COLUMN basal_deliveries.algorithm_rate       IS
    'Rate that the algorithm wants, units/h; null when it has no say.';
COMMENT ON COLUMN basal_deliveries.temp_rate            IS 'Temporary rate, units/h; null when there is none.';
COMMENT ON COLUMN basal_deliveries.ended                IS
    'When it ended, true time: at the next delivery, or where the log stops for more than 15 minutes. Null while it '
    'lasts.';
COMMENT ON COLUMN basal_deliveries.duration_seconds     IS 'How long it lasted, seconds; null while it lasts.';
COMMENT ON COLUMN basal_deliveries.ended_position       IS
    'Place of the entry that it lasts to: the next delivery, or the last one before the log stops for more than 15 '
    'minutes.';
COMMENT ON COLUMN basal_deliveries.delivered            IS
    'Insulin of one dose, units, where the pump logs doses instead of rates: delivered at once when the row begins. '
    'Null where it was delivered at the rate.';
