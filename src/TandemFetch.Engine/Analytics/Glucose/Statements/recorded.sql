-- Recorded time with short gaps bridged, microseconds: what episodes a day are counted on. Source: iglu
-- episode_calculation.
SELECT bucket, (count(*) * $step)::BIGINT AS length
FROM analysis_grid
GROUP BY bucket;
