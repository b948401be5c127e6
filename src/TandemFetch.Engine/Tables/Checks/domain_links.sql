-- Every row of a domain table was derived from an event that exists, with the same pump, the same log position, and a
-- matching code.
WITH row AS (
    {rows}
)
SELECT concat_ws(' ', row.name, row.device_assignment_id, row.log_position) AS key
FROM row
LEFT JOIN events ON events.id = row.events_id
ANTI JOIN waiting
    ON waiting.device_assignment_id = row.device_assignment_id
    AND coalesce(waiting.table_name, row.owner) = row.owner
    AND row.log_position BETWEEN waiting.first_position AND waiting.last_position
WHERE events.id IS NULL
   OR events.device_assignment_id <> row.device_assignment_id
   OR events.log_position <> row.log_position
   OR NOT list_contains(row.codes, events.event_id)
