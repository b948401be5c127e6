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
)
SELECT concat_ws(' ', row.name, row.device_assignment_id, row.log_position) AS key
FROM row
LEFT JOIN events ON events.id = row.events_id
WHERE events.id IS NULL
   OR events.device_assignment_id <> row.device_assignment_id
   OR events.log_position <> row.log_position
   OR NOT list_contains(row.codes, events.event_id)
