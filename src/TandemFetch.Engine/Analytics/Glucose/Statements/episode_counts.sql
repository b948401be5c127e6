-- How many episodes begin in each group.
SELECT
    bucket_of($by, make_timestamp(began + ahead_at(began))) AS bucket,
    kind,
    count(*) AS episodes
FROM analysis_episodes
GROUP BY ALL;
