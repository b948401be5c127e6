-- Every row of a domain table was derived from an event that is there: of the same pump, the same place in the log, and a fitting code.
WITH row AS (
    SELECT 'cgm_readings' AS name, events_id, device_assignment_id, log_position, [256, 372, 399, 480] AS codes FROM cgm_readings
    UNION ALL
    SELECT 'cgm_omissions', events_id, device_assignment_id, log_position, [256, 372, 399, 480] FROM cgm_omissions
    UNION ALL
    SELECT 'basal_deliveries', events_id, device_assignment_id, log_position, [279] FROM basal_deliveries
    UNION ALL
    SELECT 'therapy_entries', events_id, device_assignment_id, log_position, [event_id] FROM therapy_entries
    UNION ALL
    SELECT 'boluses', events_id, device_assignment_id, log_position, [20, 21, 55, 59, 64, 65, 66, 280] FROM boluses
    UNION ALL
    SELECT 'bg_readings', events_id, device_assignment_id, log_position, [16] FROM bg_readings
    UNION ALL
    SELECT 'alerts', events_id, device_assignment_id, log_position, [4, 5, 6, 171, 369, 460] FROM alerts
    UNION ALL
    SELECT 'suspensions', events_id, device_assignment_id, log_position, [11] FROM suspensions
    UNION ALL
    SELECT 'site_changes', events_id, device_assignment_id, log_position, [33, 61, 63] FROM site_changes
    UNION ALL
    SELECT 'user_modes', events_id, device_assignment_id, log_position, [229] FROM user_modes
    UNION ALL
    SELECT 'cgm_sessions', events_id, device_assignment_id, log_position, [212, 213, 394, 404, 406, 477] FROM cgm_sessions
),

-- A rebuild that was stopped has new events, and domain rows of the old ones that the next backfill replaces.
waiting AS (
    SELECT device_assignment_id, first_position, last_position FROM underived_ranges
    UNION ALL
    SELECT device_assignment_id, min(log_position), max(log_position)
    FROM row
    WHERE device_assignment_id IN (
        SELECT device_assignment_id
        FROM raw_events
        LEFT JOIN (SELECT device_assignment_id, max(raw_events_id) AS newest FROM events GROUP BY device_assignment_id) AS parsed
            USING (device_assignment_id)
        WHERE id > coalesce(newest, 0))
    GROUP BY device_assignment_id
)

SELECT concat_ws(' ', row.name, row.device_assignment_id, row.log_position) AS key
FROM row
LEFT JOIN events ON events.id = row.events_id
ANTI JOIN waiting
    ON waiting.device_assignment_id = row.device_assignment_id
    AND row.log_position BETWEEN waiting.first_position AND waiting.last_position
WHERE events.id IS NULL
   OR events.device_assignment_id <> row.device_assignment_id
   OR events.log_position <> row.log_position
   OR NOT list_contains(row.codes, events.event_id)
