-- What the measures of insulin have in common.
CREATE OR REPLACE TEMP MACRO is_automatic(kind, source) AS
    coalesce(kind IN ('Automatic', 'Eating Soon Automatic'), false)
    OR coalesce(source IN ('Algorithm', 'Eating Soon'), false);

-- How much of a day a stretch takes, microseconds; one that lasts goes on to the newest entry of the log.
CREATE OR REPLACE TEMP MACRO overlap(began, finished, day_begins, day_ends) AS
    greatest(0, least(finished, day_ends) - greatest(began, day_begins));

-- Days are counted in the zone of the log, so that rows find theirs without being compared with each.
CREATE OR REPLACE TEMP MACRO day_number(moment) AS (moment + ahead_at(moment)) // day_us();
