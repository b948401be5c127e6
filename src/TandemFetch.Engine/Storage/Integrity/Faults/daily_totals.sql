-- The days' counts of glucose readings are those of cgm_readings, where nothing is left to derive.
WITH settled AS (
    SELECT device_assignment_id, time_zone
    FROM pumps
    WHERE device_assignment_id NOT IN (SELECT device_assignment_id FROM underived_ranges)

      -- Of a pump that was just moved to another zone, the days are still those of the old one.
      AND 'daily_totals ' || device_assignment_id NOT IN (
          SELECT stage
          FROM stage_versions
          JOIN current_versions USING (stage)
          WHERE stage_versions.version <> current_versions.version)
), quarter AS (
    -- Days begin on a quarter of an hour everywhere, so that the zone is asked once for each quarter.
    SELECT device_assignment_id, epoch_us(timestamp) // 900000000 AS number, count(*) AS readings
    FROM cgm_readings
    WHERE timestamp IS NOT NULL
    GROUP BY ALL
), counted AS (
    SELECT
        device_assignment_id,
        make_timestamp(number * 900000000 + zone_offsets.utc_offset * 1000000::BIGINT)::DATE AS day,
        sum(readings) AS readings
    FROM quarter
    JOIN settled USING (device_assignment_id)
    ASOF JOIN zone_offsets ON zone_offsets.time_zone = settled.time_zone AND zone_offsets.starts <= make_timestamptz(number * 900000000)
    GROUP BY ALL
), total AS (
    SELECT device_assignment_id, day, sum(cgm_readings) AS readings
    FROM daily_totals
    JOIN settled USING (device_assignment_id)
    GROUP BY ALL
)
SELECT concat_ws(' ', device_assignment_id, day) AS key
FROM counted
FULL JOIN total USING (device_assignment_id, day)
WHERE coalesce(counted.readings, 0) <> coalesce(total.readings, 0)
