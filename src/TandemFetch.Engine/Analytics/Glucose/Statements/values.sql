-- How often and how long each value was measured, by group: whole microseconds, so that sums are exact whatever the
-- order of rows.
CREATE OR REPLACE TEMP TABLE analysis_values AS
SELECT
    bucket_of($by, local_time) AS bucket,
    glucose::HUGEINT AS glucose,
    stands::HUGEINT AS stands_each,
    count(*)::HUGEINT AS readings,
    sum(stands)::HUGEINT AS stands
FROM analysis_readings
GROUP BY ALL;
