-- Everything else that the pump tells: boluses, finger sticks, alerts, suspensions, site changes, modes, sensor sessions, daily totals.

CREATE TABLE therapy_entries (
    events_id            BIGINT    NOT NULL,
    device_assignment_id VARCHAR   NOT NULL,
    log_position         BIGINT    NOT NULL,
    timestamp            TIMESTAMPTZ,
    pump_time            TIMESTAMP NOT NULL,
    event_id             INTEGER   NOT NULL,
    subject              VARCHAR,
    event_data           JSON      NOT NULL USING COMPRESSION zstd
);
COMMENT ON TABLE  therapy_entries                      IS 'Copies of the rare entries of events, some sixty a day, that are joined to rows spanning several entries: so that an entry''s partner is found, however far away, without reading the log in between.';
COMMENT ON COLUMN therapy_entries.events_id            IS 'The entry in events.';
COMMENT ON COLUMN therapy_entries.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN therapy_entries.log_position         IS 'Place of the entry in the pump''s log.';
COMMENT ON COLUMN therapy_entries.timestamp            IS 'True time; null where it cannot be known.';
COMMENT ON COLUMN therapy_entries.pump_time            IS 'Pump wall clock.';
COMMENT ON COLUMN therapy_entries.event_id             IS 'The kind of entry: the event code.';
COMMENT ON COLUMN therapy_entries.subject              IS 'What the entry is about: the id of the bolus, or the kind, sensor and id of the alert.';
COMMENT ON COLUMN therapy_entries.event_data           IS 'Its properties, as in events.';

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
    declined_correction  BOOLEAN
);
COMMENT ON TABLE  boluses                      IS 'One row per bolus, joined from its request, start, progress and completion.';
COMMENT ON COLUMN boluses.id                   IS 'The id of its first entry.';
COMMENT ON COLUMN boluses.events_id            IS 'Its first entry in events.';
COMMENT ON COLUMN boluses.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN boluses.log_position         IS 'Place of its first entry in the pump''s log.';
COMMENT ON COLUMN boluses.last_position        IS 'Place of its last entry.';
COMMENT ON COLUMN boluses.timestamp            IS 'True time of its first entry, the request as a rule; null where it cannot be known.';
COMMENT ON COLUMN boluses.pump_time            IS 'The same by the pump''s wall clock.';
COMMENT ON COLUMN boluses.bolus_id             IS 'The pump''s own number for it: 16 bits, starts again after 65535.';
COMMENT ON COLUMN boluses.kind                 IS 'Standard, Extended, Quick, Automatic, Eating Soon Automatic, Late, or an unknown code; null when no entry tells.';
COMMENT ON COLUMN boluses.source               IS 'Algorithm, Bluetooth, Pump Screen, Quick Bolus Button, Remote, Eating Soon, or an unknown code; null when no entry tells.';
COMMENT ON COLUMN boluses.status               IS 'How it ended: Completed, User Aborted, Terminated by Alarm …; null while it runs, or when the completion is not in the log.';
COMMENT ON COLUMN boluses.started              IS 'When insulin began to flow, true time.';
COMMENT ON COLUMN boluses.ended                IS 'When the last part ended, true time; null while it runs.';
COMMENT ON COLUMN boluses.requested            IS 'Asked for altogether, units.';
COMMENT ON COLUMN boluses.requested_food       IS 'Of it for food, units.';
COMMENT ON COLUMN boluses.requested_correction IS 'Of it for correction, units.';
COMMENT ON COLUMN boluses.requested_now        IS 'To be delivered at once, units.';
COMMENT ON COLUMN boluses.requested_later      IS 'To be delivered over extended_minutes, units.';
COMMENT ON COLUMN boluses.extended_minutes     IS 'How long the extended part is to take, minutes; null when there is none.';
COMMENT ON COLUMN boluses.delivered            IS 'Delivered altogether, units; while it runs, by the parts that have ended.';
COMMENT ON COLUMN boluses.delivered_now        IS 'Delivered at once, units; null until that part has ended.';
COMMENT ON COLUMN boluses.delivered_later      IS 'Delivered by the extended part, units; null until it has ended.';
COMMENT ON COLUMN boluses.carbs                IS 'Carbohydrates entered, grams; 0 for none, null when the request is not in the log.';
COMMENT ON COLUMN boluses.bg                   IS 'Glucose entered for it, mg/dL; null for none.';
COMMENT ON COLUMN boluses.iob                  IS 'Insulin on board at the request, units.';
COMMENT ON COLUMN boluses.carb_ratio           IS 'Carb ratio used, grams per unit; null when not recorded.';
COMMENT ON COLUMN boluses.correction_factor    IS 'Correction factor (ISF) used, mg/dL per unit; null when not recorded.';
COMMENT ON COLUMN boluses.target_bg            IS 'Target used, mg/dL; null when not recorded.';
COMMENT ON COLUMN boluses.overridden           IS 'Whether the user changed the size that the pump proposed.';
COMMENT ON COLUMN boluses.declined_correction  IS 'Whether the user declined the correction that the pump proposed.';

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
COMMENT ON COLUMN bg_readings.from_cgm             IS 'Whether the pump filled it in from the sensor: then it is no finger stick.';
COMMENT ON COLUMN bg_readings.entered_remotely     IS 'Whether it came from the phone instead of the pump''s screen.';
COMMENT ON COLUMN bg_readings.calibration          IS 'Whether the sensor was calibrated with it.';
COMMENT ON COLUMN bg_readings.iob                  IS 'Insulin on board, units.';
COMMENT ON COLUMN bg_readings.correction_factor    IS 'Correction factor (ISF) in force, mg/dL per unit.';
COMMENT ON COLUMN bg_readings.target_bg            IS 'Target in force, mg/dL.';

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
COMMENT ON TABLE  alerts                       IS 'One row per activation of an alert, alarm, malfunction or sensor alert.';
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
COMMENT ON COLUMN alerts.sensor                IS 'For sensor alerts: G6, G7, Libre 2, or an unknown type; null where the entry does not tell.';
COMMENT ON COLUMN alerts.reminder              IS 'Whether it only reminds of a pump that is still suspended.';
COMMENT ON COLUMN alerts.acknowledged          IS 'When it was acknowledged, true time.';
COMMENT ON COLUMN alerts.acknowledged_by       IS 'User or Software, or an unknown code.';
COMMENT ON COLUMN alerts.cleared               IS 'When it was cleared, true time: the next clearing of the same id and sensor. Null while it stands.';
COMMENT ON COLUMN alerts.duration_seconds      IS 'From activation to clearing, seconds; null while it stands, and where it cannot be known.';

CREATE TABLE suspensions (
    id                   BIGINT      NOT NULL,
    events_id            BIGINT      NOT NULL,
    device_assignment_id VARCHAR     NOT NULL,
    log_position         BIGINT      NOT NULL,
    ended_position       BIGINT,
    timestamp            TIMESTAMPTZ,
    pump_time            TIMESTAMP   NOT NULL,
    reason               VARCHAR,
    insulin_remaining    INTEGER,
    ended                TIMESTAMPTZ,
    duration_seconds     BIGINT
);
COMMENT ON TABLE  suspensions                      IS 'Stretches in which all insulin was suspended.';
COMMENT ON COLUMN suspensions.id                   IS 'The id of the entry that begins it.';
COMMENT ON COLUMN suspensions.events_id            IS 'The entry in events that begins it.';
COMMENT ON COLUMN suspensions.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN suspensions.log_position         IS 'Place of the entry that begins it in the pump''s log.';
COMMENT ON COLUMN suspensions.ended_position       IS 'Place of the entry that ends it.';
COMMENT ON COLUMN suspensions.timestamp            IS 'When it began, true time; null where it cannot be known.';
COMMENT ON COLUMN suspensions.pump_time            IS 'When it began, pump wall clock.';
COMMENT ON COLUMN suspensions.reason               IS 'User Aborted, Terminated by Alarm, Terminated by Malfunction, Auto Suspend by PLGS (a low was predicted), or an unknown code.';
COMMENT ON COLUMN suspensions.insulin_remaining    IS 'Insulin left in the cartridge at its beginning, units.';
COMMENT ON COLUMN suspensions.ended                IS 'When insulin was resumed, true time; null while it is suspended.';
COMMENT ON COLUMN suspensions.duration_seconds     IS 'How long it lasted, seconds; null while it lasts, and where it cannot be known.';

CREATE TABLE site_changes (
    id                   BIGINT      NOT NULL,
    events_id            BIGINT      NOT NULL,
    device_assignment_id VARCHAR     NOT NULL,
    log_position         BIGINT      NOT NULL,
    timestamp            TIMESTAMPTZ,
    pump_time            TIMESTAMP   NOT NULL,
    part                 VARCHAR     NOT NULL,
    units                DECIMAL(7, 3),
    status               VARCHAR
);
COMMENT ON TABLE  site_changes                      IS 'Cartridges, tubings and cannulas filled, one row each.';
COMMENT ON COLUMN site_changes.id                   IS 'The id of the entry.';
COMMENT ON COLUMN site_changes.events_id            IS 'The entry in events.';
COMMENT ON COLUMN site_changes.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN site_changes.log_position         IS 'Place of the entry in the pump''s log.';
COMMENT ON COLUMN site_changes.timestamp            IS 'True time; null where it cannot be known.';
COMMENT ON COLUMN site_changes.pump_time            IS 'Pump wall clock.';
COMMENT ON COLUMN site_changes.part                 IS 'Cartridge, Tubing or Cannula.';
COMMENT ON COLUMN site_changes.units                IS 'Insulin filled in or primed with, units; null when not recorded.';
COMMENT ON COLUMN site_changes.status               IS 'How it ended: Completed, User Aborted …; null for cartridges, which have none.';

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
COMMENT ON COLUMN user_modes.planned_minutes      IS 'For how long exercise was asked for, minutes; null when for no set time.';
COMMENT ON COLUMN user_modes.ended                IS 'When it ended, true time; null while it goes on.';
COMMENT ON COLUMN user_modes.duration_seconds     IS 'How long it lasted, seconds; null while it goes on, and where it cannot be known.';

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
    duration_seconds     BIGINT
);
COMMENT ON TABLE  cgm_sessions                      IS 'Sessions of the glucose sensor, as the pump took part in them.';
COMMENT ON COLUMN cgm_sessions.id                   IS 'The id of the entry that begins it.';
COMMENT ON COLUMN cgm_sessions.events_id            IS 'The entry in events that begins it.';
COMMENT ON COLUMN cgm_sessions.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN cgm_sessions.log_position         IS 'Place of the entry that begins it in the pump''s log.';
COMMENT ON COLUMN cgm_sessions.timestamp            IS 'When the pump started or joined it, true time; null where it cannot be known.';
COMMENT ON COLUMN cgm_sessions.pump_time            IS 'The same by the pump''s wall clock.';
COMMENT ON COLUMN cgm_sessions.sensor               IS 'G6, G7, Libre 2 or Libre 3.';
COMMENT ON COLUMN cgm_sessions.began_with           IS 'Start: the pump started the session. Join: the pump joined one that was running.';
COMMENT ON COLUMN cgm_sessions.planned_days         IS 'How long the sensor is made for, days; null when the entry does not tell.';
COMMENT ON COLUMN cgm_sessions.rejoined             IS 'How often the pump joined the same session again, as after a long gap.';
COMMENT ON COLUMN cgm_sessions.ended                IS 'When it ended, true time; null while it goes on.';
COMMENT ON COLUMN cgm_sessions.ended_by             IS 'Stop, or NextSession when the next one begins without a stop in the log; null while it goes on.';
COMMENT ON COLUMN cgm_sessions.stop_reason          IS 'Why it stopped: a label for G6, the pump''s number for others.';
COMMENT ON COLUMN cgm_sessions.duration_seconds     IS 'How long the pump took part, seconds; null while it goes on, and where it cannot be known.';

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
COMMENT ON TABLE  daily_totals                      IS 'What each day adds up to; days begin at midnight of the pump''s zone, true time.';
COMMENT ON COLUMN daily_totals.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN daily_totals.day                  IS 'The day in the pump''s zone.';
COMMENT ON COLUMN daily_totals.timestamp            IS 'When the day begins, true time.';
COMMENT ON COLUMN daily_totals.basal_units          IS 'Basal insulin delivered, units: rate × time. A delivery that goes on counts up to the newest entry.';
COMMENT ON COLUMN daily_totals.basal_seconds        IS 'How much of the day its deliveries cover, suspensions included, seconds: less than a day where the log has gaps.';
COMMENT ON COLUMN daily_totals.bolus_units          IS 'Insulin delivered by boluses asked for on that day, units.';
COMMENT ON COLUMN daily_totals.boluses              IS 'Boluses asked for on that day of which something was delivered.';
COMMENT ON COLUMN daily_totals.carbs                IS 'Carbohydrates entered, grams.';
COMMENT ON COLUMN daily_totals.cgm_readings         IS 'Readings of the glucose sensor measured on that day.';
