-- No entry begins two rows of the same table.
WITH row AS (
    SELECT 'basal_deliveries' AS name, device_assignment_id, log_position FROM basal_deliveries
    UNION ALL SELECT 'therapy_entries', device_assignment_id, log_position FROM therapy_entries
    UNION ALL SELECT 'boluses', device_assignment_id, log_position FROM boluses
    UNION ALL SELECT 'bg_readings', device_assignment_id, log_position FROM bg_readings
    UNION ALL SELECT 'alerts', device_assignment_id, log_position FROM alerts
    UNION ALL SELECT 'suspensions', device_assignment_id, log_position FROM suspensions
    UNION ALL SELECT 'site_changes', device_assignment_id, log_position FROM site_changes
    UNION ALL SELECT 'user_modes', device_assignment_id, log_position FROM user_modes
    UNION ALL SELECT 'cgm_sessions', device_assignment_id, log_position FROM cgm_sessions
)
SELECT concat_ws(' ', name, device_assignment_id, log_position) AS key
FROM row
GROUP BY name, device_assignment_id, log_position
HAVING count(*) > 1
