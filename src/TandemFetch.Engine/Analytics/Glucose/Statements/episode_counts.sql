-- How many episodes begin in each group.
SELECT
    bucket_of($by, make_timestamp(episode.began + zone.ahead)) AS bucket,
    episode.kind,
    count(*) AS episodes
FROM analysis_episodes AS episode
ASOF JOIN analysis_zone AS zone ON episode.began >= zone.starts
GROUP BY ALL;
