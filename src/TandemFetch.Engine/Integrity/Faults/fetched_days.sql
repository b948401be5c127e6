-- Every day that was fetched is recorded once, for a pump in the file, and a day whose newest response had entries has
-- some.
WITH stored AS (
    SELECT DISTINCT device_assignment_id, pump_time::DATE AS day
    FROM raw_events
), fetched AS (
    SELECT device_assignment_id, day, count(*) AS times, max(entries) AS entries
    FROM bookkeeping.fetched_days
    GROUP BY device_assignment_id, day
)
SELECT concat_ws(' ', fetched.device_assignment_id, fetched.day) AS key
FROM fetched
LEFT JOIN stored USING (device_assignment_id, day)
WHERE times > 1
   OR entries < 0
   OR (entries > 0 AND stored.day IS NULL)
   OR device_assignment_id NOT IN (SELECT device_assignment_id FROM pumps)
