-- Insulin and carbohydrates of boluses in the three hours before each episode, while it lasts, and in the hour after.
SELECT
    episode.id,
    coalesce(sum(delivered) FILTER (epoch_us(timestamp) < episode.began), 0) AS bolus_before,
    coalesce(sum(delivered) FILTER (epoch_us(timestamp) >= episode.began AND epoch_us(timestamp) < episode.ended), 0)
        AS bolus_during,
    coalesce(sum(delivered) FILTER (epoch_us(timestamp) >= episode.ended), 0) AS bolus_after,
    coalesce(sum(carbs) FILTER (epoch_us(timestamp) < episode.began), 0)::INTEGER AS carbs_before,
    coalesce(
        sum(carbs) FILTER (epoch_us(timestamp) >= episode.began AND epoch_us(timestamp) < episode.ended), 0)::INTEGER
        AS carbs_during,
    coalesce(sum(carbs) FILTER (epoch_us(timestamp) >= episode.ended), 0)::INTEGER AS carbs_after
FROM analysis_spans AS episode
LEFT JOIN (
    SELECT timestamp, delivered, carbs
    FROM boluses
    WHERE device_assignment_id IN (SELECT device FROM analysis_pumps)
) AS bolus
    ON bolus.timestamp >= make_timestamptz(episode.began - 3 * hour_us())
    AND bolus.timestamp < make_timestamptz(episode.ended + hour_us())
GROUP BY episode.id
ORDER BY episode.id;
