-- What is written down about columns, in plainer words.

COMMENT ON TABLE  basal_deliveries                      IS 'One row per period of basal insulin at one rate.';
COMMENT ON COLUMN basal_deliveries.ended                IS
    'When it ended, true time: at the next delivery, or where the log stops for more than 15 minutes. Null while it '
    'lasts.';
COMMENT ON COLUMN basal_deliveries.duration_seconds     IS 'How long it lasted, seconds; null while it lasts.';
COMMENT ON COLUMN boluses.bolus_id             IS 'The pump''s own number for it: 16 bits, starts again after 65535.';
COMMENT ON COLUMN boluses.kind                 IS
    'Standard, Extended, Quick, Automatic, Eating Soon Automatic, Late, or an unknown code; null if no entry says.';
COMMENT ON COLUMN boluses.source               IS
    'Algorithm, Bluetooth, Pump Screen, Quick Bolus Button, Remote, Eating Soon, or an unknown code; null if no entry '
    'says.';
COMMENT ON COLUMN cgm_sessions.ended                IS 'When it ended, true time; null while it lasts.';
COMMENT ON COLUMN cgm_sessions.ended_by             IS
    'Stop, or NextSession when the next one begins without a stop in the log; null while it lasts.';
COMMENT ON COLUMN cgm_sessions.duration_seconds     IS
    'How long the pump took part, seconds; null while it lasts, and where it cannot be known.';
COMMENT ON COLUMN cgm_sessions.ended_position       IS 'Place of the entry that ends it; null while it lasts.';
COMMENT ON COLUMN daily_totals.basal_units          IS
    'Basal insulin delivered, units: rate × time, and doses. A running delivery counts up to the newest entry.';
COMMENT ON COLUMN daily_totals.bolus_units          IS 'Insulin delivered by boluses requested on that day, units.';
COMMENT ON COLUMN daily_totals.boluses              IS
    'Boluses requested on that day of which something was delivered.';
COMMENT ON COLUMN profiles.carb_entry           IS 'Whether boluses are requested in carbs, such as UnitsAsCarbs.';
COMMENT ON COLUMN user_modes.planned_minutes      IS 'Planned duration of exercise, minutes; null if none was set.';
COMMENT ON COLUMN user_modes.ended                IS 'When it ended, true time; null while it lasts.';
COMMENT ON COLUMN user_modes.duration_seconds     IS
    'How long it lasted, seconds; null while it lasts, and where it cannot be known.';
