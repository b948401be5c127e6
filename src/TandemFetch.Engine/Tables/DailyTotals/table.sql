-- Since schema version 4.

CREATE TABLE daily_totals (
    device_assignment_id VARCHAR     NOT NULL,
    day                  DATE        NOT NULL,
    timestamp            TIMESTAMPTZ NOT NULL,
    basal_units          DECIMAL(9, 3) NOT NULL,
    basal_seconds        BIGINT      NOT NULL,
    bolus_units          DECIMAL(9, 3) NOT NULL,
    boluses              INTEGER     NOT NULL,
    carbs                INTEGER     NOT NULL,
    cgm_readings         INTEGER     NOT NULL
);
COMMENT ON TABLE  daily_totals                      IS
    'What each day adds up to; days begin at midnight of the pump''s zone, true time.';
COMMENT ON COLUMN daily_totals.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN daily_totals.day                  IS 'The day in the pump''s zone.';
COMMENT ON COLUMN daily_totals.timestamp            IS 'When the day begins, true time.';
COMMENT ON COLUMN daily_totals.basal_units          IS
    'Basal insulin delivered, units: rate × time, and doses. A running delivery counts up to the newest entry.';
COMMENT ON COLUMN daily_totals.basal_seconds        IS
    'How much of the day its deliveries cover, suspensions included, seconds: less than a day where the log has gaps.';
COMMENT ON COLUMN daily_totals.bolus_units          IS 'Insulin delivered by boluses requested on that day, units.';
COMMENT ON COLUMN daily_totals.boluses              IS
    'Boluses requested on that day of which something was delivered.';
COMMENT ON COLUMN daily_totals.carbs                IS 'Carbohydrates entered, grams.';
COMMENT ON COLUMN daily_totals.cgm_readings         IS 'Readings of the glucose sensor measured on that day.';
