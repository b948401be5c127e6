-- What the numbers of a group rest on: readings, the time that they stand for, days, and the first and last moment.
SELECT
    bucket_of($by, local_time) AS bucket,
    count(*) AS readings,
    sum(stands)::BIGINT AS covered,
    count(DISTINCT local_time::DATE) AS days,
    min(moment) AS first_moment,
    max(moment) AS last_moment
FROM analysis_readings
GROUP BY bucket
ORDER BY bucket;
