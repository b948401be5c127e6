-- Every time in a domain table is that of the log entry to which the row refers, or a time that the entry contains.
WITH time AS (
    {times}
), unsettled AS (
    FROM waiting
    UNION ALL
    SELECT device_assignment_id, first_position, last_position, NULL
    FROM bookkeeping.retimed_ranges
), wrong AS (
    SELECT time.*
    FROM time
    LEFT JOIN events AS entry
      ON entry.device_assignment_id = time.device_assignment_id AND entry.log_position = time.place
    WHERE time.moment IS DISTINCT FROM entry.timestamp
    UNION ALL
    {expected}
)
SELECT concat_ws(' ', wrong.name, wrong.device_assignment_id, wrong.log_position) AS key
FROM wrong
ANTI JOIN unsettled
    ON unsettled.device_assignment_id = wrong.device_assignment_id
    AND coalesce(unsettled.table_name, wrong.owner) = wrong.owner
    AND (wrong.log_position BETWEEN unsettled.first_position AND unsettled.last_position
         OR wrong.place BETWEEN unsettled.first_position AND unsettled.last_position)
