-- The tables of a lake that are computed, in the session of one pump. local_time is what a correct clock in the pump's
-- zone showed.
CREATE OR REPLACE TEMP TABLE lake_pumps (
    source VARCHAR,
    pump   VARCHAR,
    device VARCHAR,
    serial VARCHAR
);

CREATE OR REPLACE TEMP TABLE lake_offsets (
    starts     TIMESTAMPTZ,
    utc_offset INTEGER
);

CREATE OR REPLACE TEMP TABLE lake_glucose_values (
    device_assignment_id VARCHAR     NOT NULL,
    timestamp            TIMESTAMPTZ NOT NULL,
    local_time           TIMESTAMP   NOT NULL,
    glucose              SMALLINT    NOT NULL,
    seconds              INTEGER     NOT NULL
);
COMMENT ON TABLE  lake_glucose_values            IS
    'Glucose as all measures use it: one row per moment, where two sensors of a pump measured at the same time, too.';
COMMENT ON COLUMN lake_glucose_values.timestamp  IS 'When it was measured, true time.';
COMMENT ON COLUMN lake_glucose_values.local_time IS 'The same by a clock in the pump''s zone.';
COMMENT ON COLUMN lake_glucose_values.glucose    IS
    'Glucose, mg/dL; 401 stands for above and 39 for below the range of the sensor.';
COMMENT ON COLUMN lake_glucose_values.seconds    IS
    'The time that the value stands for, seconds: its weight in a mean.';

CREATE OR REPLACE TEMP TABLE lake_basal_rates (
    id                   BIGINT        NOT NULL,
    device_assignment_id VARCHAR       NOT NULL,
    timestamp            TIMESTAMPTZ   NOT NULL,
    local_time           TIMESTAMP     NOT NULL,
    ended                TIMESTAMPTZ,
    seconds              BIGINT,
    rate                 DECIMAL(7, 3),
    units                DECIMAL(9, 3),
    automated            BOOLEAN       NOT NULL
);
COMMENT ON TABLE  lake_basal_rates            IS 'Basal insulin: one row per time at one rate, or per dose.';
COMMENT ON COLUMN lake_basal_rates.id         IS 'The id in basal_deliveries.';
COMMENT ON COLUMN lake_basal_rates.timestamp  IS 'When it began, true time.';
COMMENT ON COLUMN lake_basal_rates.local_time IS 'The same by a clock in the pump''s zone.';
COMMENT ON COLUMN lake_basal_rates.ended      IS 'When it ended, true time; the newest entry of the log if it lasts.';
COMMENT ON COLUMN lake_basal_rates.seconds    IS 'How long it lasted, seconds.';
COMMENT ON COLUMN lake_basal_rates.rate       IS
    'Rate, units/h; 0 while suspended. Null for a pump that logs doses.';
COMMENT ON COLUMN lake_basal_rates.units      IS 'Insulin delivered: rate × time, or the dose, units.';
COMMENT ON COLUMN lake_basal_rates.automated  IS 'Whether the algorithm determined the rate, alone or with others.';

CREATE OR REPLACE TEMP TABLE lake_bolus_doses (
    id                   BIGINT      NOT NULL,
    device_assignment_id VARCHAR     NOT NULL,
    timestamp            TIMESTAMPTZ NOT NULL,
    local_time           TIMESTAMP   NOT NULL,
    units                DECIMAL(7, 3),
    units_later          DECIMAL(7, 3),
    carbs                INTEGER,
    automatic            BOOLEAN     NOT NULL,
    correction           BOOLEAN     NOT NULL,
    extended_minutes     INTEGER
);
COMMENT ON TABLE  lake_bolus_doses                  IS 'Boluses of which insulin was delivered.';
COMMENT ON COLUMN lake_bolus_doses.id               IS 'The id in boluses.';
COMMENT ON COLUMN lake_bolus_doses.timestamp        IS 'When insulin began to flow, or the request, true time.';
COMMENT ON COLUMN lake_bolus_doses.local_time       IS 'The same by a clock in the pump''s zone.';
COMMENT ON COLUMN lake_bolus_doses.units            IS 'Insulin delivered altogether, units.';
COMMENT ON COLUMN lake_bolus_doses.units_later      IS 'Of it by the extended part, units.';
COMMENT ON COLUMN lake_bolus_doses.carbs            IS
    'Carbohydrates entered, grams; 0 for none, null when the request is not in the log.';
COMMENT ON COLUMN lake_bolus_doses.automatic        IS 'Whether the algorithm requested it.';
COMMENT ON COLUMN lake_bolus_doses.correction       IS 'Whether a part of it was requested as a correction.';
COMMENT ON COLUMN lake_bolus_doses.extended_minutes IS 'How long the extended part was to take, minutes.';

CREATE OR REPLACE TEMP TABLE lake_daily_metrics (
    device_assignment_id      VARCHAR NOT NULL,
    day                       DATE    NOT NULL,
    readings                  BIGINT,
    covered_seconds           BIGINT,
    sensor_active_percent     DOUBLE,
    mean                      DOUBLE,
    median                    DOUBLE,
    standard_deviation        DOUBLE,
    coefficient_of_variation  DOUBLE,
    very_low_percent          DOUBLE,
    low_percent               DOUBLE,
    in_range_percent          DOUBLE,
    high_percent              DOUBLE,
    very_high_percent         DOUBLE,
    tight_range_percent       DOUBLE,
    glycemia_risk_index       DOUBLE,
    low_blood_glucose_index   DOUBLE,
    high_blood_glucose_index  DOUBLE,
    mag                       DOUBLE,
    basal_units               DOUBLE,
    bolus_units               DOUBLE,
    total_units               DOUBLE,
    basal_percent             DOUBLE,
    user_boluses              DOUBLE,
    automatic_boluses         DOUBLE,
    automatic_units           DOUBLE,
    correction_boluses        DOUBLE,
    meals                     DOUBLE,
    carbs                     DOUBLE,
    automation_percent        DOUBLE,
    sleep_seconds             BIGINT,
    exercise_seconds          BIGINT,
    suspended_seconds         BIGINT,
    basal_seconds             BIGINT,
    is_complete               BOOLEAN
);
COMMENT ON TABLE  lake_daily_metrics                          IS
    'Measures of each day in the pump''s zone, as docs/metrics.md defines them; null where there is too little data.';
COMMENT ON COLUMN lake_daily_metrics.day                      IS 'The day in the pump''s zone.';
COMMENT ON COLUMN lake_daily_metrics.readings                 IS 'Glucose readings.';
COMMENT ON COLUMN lake_daily_metrics.covered_seconds          IS 'The time that they stand for, seconds.';
COMMENT ON COLUMN lake_daily_metrics.sensor_active_percent    IS
    'Covered time as a share of that between the first and the last reading of the day, percent.';
COMMENT ON COLUMN lake_daily_metrics.mean                     IS 'Mean glucose, mg/dL.';
COMMENT ON COLUMN lake_daily_metrics.median                   IS 'Median glucose, mg/dL.';
COMMENT ON COLUMN lake_daily_metrics.standard_deviation       IS 'Standard deviation of glucose, mg/dL.';
COMMENT ON COLUMN lake_daily_metrics.coefficient_of_variation IS '100 × standard deviation / mean, percent.';
COMMENT ON COLUMN lake_daily_metrics.very_low_percent         IS 'Below 54 mg/dL, percent of the covered time.';
COMMENT ON COLUMN lake_daily_metrics.low_percent              IS '54 to 69 mg/dL, percent of the covered time.';
COMMENT ON COLUMN lake_daily_metrics.in_range_percent         IS '70 to 180 mg/dL, percent of the covered time.';
COMMENT ON COLUMN lake_daily_metrics.high_percent             IS '181 to 250 mg/dL, percent of the covered time.';
COMMENT ON COLUMN lake_daily_metrics.very_high_percent        IS 'Above 250 mg/dL, percent of the covered time.';
COMMENT ON COLUMN lake_daily_metrics.tight_range_percent      IS '70 to 140 mg/dL, percent of the covered time.';
COMMENT ON COLUMN lake_daily_metrics.glycemia_risk_index      IS 'Glycemia Risk Index, 0 to 100.';
COMMENT ON COLUMN lake_daily_metrics.low_blood_glucose_index  IS 'Low blood glucose index, no unit.';
COMMENT ON COLUMN lake_daily_metrics.high_blood_glucose_index IS 'High blood glucose index, no unit.';
COMMENT ON COLUMN lake_daily_metrics.mag                      IS 'Mean absolute glucose change, mg/dL per hour.';
COMMENT ON COLUMN lake_daily_metrics.basal_units              IS 'Basal insulin, units.';
COMMENT ON COLUMN lake_daily_metrics.bolus_units              IS 'Insulin of boluses, units.';
COMMENT ON COLUMN lake_daily_metrics.total_units              IS 'Basal insulin and boluses, units.';
COMMENT ON COLUMN lake_daily_metrics.basal_percent            IS 'Basal insulin as a share of the total, percent.';
COMMENT ON COLUMN lake_daily_metrics.user_boluses             IS 'Boluses that the user requested.';
COMMENT ON COLUMN lake_daily_metrics.automatic_boluses        IS 'Boluses that the algorithm requested.';
COMMENT ON COLUMN lake_daily_metrics.automatic_units          IS 'Insulin of them, units.';
COMMENT ON COLUMN lake_daily_metrics.correction_boluses       IS 'Boluses with a correction.';
COMMENT ON COLUMN lake_daily_metrics.meals                    IS 'Boluses for carbohydrates.';
COMMENT ON COLUMN lake_daily_metrics.carbs                    IS 'Carbohydrates, grams.';
COMMENT ON COLUMN lake_daily_metrics.automation_percent       IS
    'Share of the basal time in which the algorithm determined the rate, percent.';
COMMENT ON COLUMN lake_daily_metrics.sleep_seconds            IS 'Time in the sleep mode, seconds.';
COMMENT ON COLUMN lake_daily_metrics.exercise_seconds         IS 'Time in the exercise mode, seconds.';
COMMENT ON COLUMN lake_daily_metrics.suspended_seconds        IS 'Time in which insulin was suspended, seconds.';
COMMENT ON COLUMN lake_daily_metrics.basal_seconds            IS
    'How much of the day basal deliveries cover, suspensions included, seconds.';
COMMENT ON COLUMN lake_daily_metrics.is_complete              IS
    'Whether the log has at least 18 hours of basal insulin of the day.';
