-- What the measures of insulin have in common.
CREATE OR REPLACE TEMP MACRO is_automatic(kind, source) AS
    coalesce(kind IN ('Automatic', 'Eating Soon Automatic'), false)
    OR coalesce(source IN ('Algorithm', 'Eating Soon'), false);

-- Days are counted in the zone of the log, so that rows find theirs without being compared with each.
CREATE OR REPLACE TEMP MACRO day_number(moment) AS (moment + ahead_at(moment)) // day_us();
