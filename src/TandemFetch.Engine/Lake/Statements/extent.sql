-- The newest log position of each key of the session's pump, by its name in the lake.
SELECT
    p.device,
    max(e.log_position) AS newest
FROM lake_pumps AS p
JOIN events AS e ON e.device_assignment_id = p.source
GROUP BY p.device
