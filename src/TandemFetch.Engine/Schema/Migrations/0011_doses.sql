-- Doses of basal insulin, and rejected entries under the pump that they name.

ALTER TABLE basal_deliveries ADD COLUMN IF NOT EXISTS delivered DECIMAL(7, 3);
COMMENT ON COLUMN basal_deliveries.delivered IS
    'Insulin of one dose, units, where the pump logs doses instead of rates: delivered at once when the row begins. '
    'Null where it was delivered at the rate.';
COMMENT ON COLUMN basal_deliveries.rate_source IS
    'What commanded it: Suspended, Profile, Temp Rate, Algorithm, Temp Rate and Algorithm, of doses also Profile and '
    'Temp Rate and Algorithm and Temp Control Rate, or an unknown code.';
COMMENT ON COLUMN cgm_omissions.reason IS
    'Duplicate: backfilled although it had been read live, or logged twice. DoNotShow: the sensor says so. NoValue: '
    'the entry lacks its time, or a value between 40 and 400 mg/dL.';
COMMENT ON COLUMN cgm_sessions.planned_days IS
    'How long the sensor is made for, days; null when the entry does not tell whole days.';
COMMENT ON COLUMN rejected_entries.device_assignment_id IS
    'The pump that it names. Where it names none, the pump whose log was asked for; empty where the response had '
    'entries of another pump too.';
COMMENT ON COLUMN alerts.sensor IS
    'For sensor alerts: G6, G7, Libre 2, Libre 3, or an unknown type; null where the entry does not tell.';
COMMENT ON COLUMN daily_totals.basal_units IS
    'Basal insulin delivered, units: rate × time, and doses. A delivery that goes on counts up to the newest entry.';
