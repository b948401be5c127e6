-- Ranges of log positions in which the raw entries from $first to $last of the pump $device may be steps of its clock:
-- the parts of the log with such an entry, each with the entries before and after it. A part has so few entries that
-- they can be sorted in little memory.
WITH part AS (
    SELECT
        ((sequence_group << 32) | sequence_number) // $size AS part,
        min((sequence_group << 32) | sequence_number) AS first_position,
        max((sequence_group << 32) | sequence_number) AS last_position,
        bool_or(id BETWEEN $first AND $last) AS has_new_entries
    FROM raw_events
    WHERE device_assignment_id = $device
    GROUP BY ALL
), neighbouring AS (
    SELECT
        has_new_entries,
        lag(last_position, 1, first_position) OVER parts AS first_position,
        lead(first_position, 1, last_position) OVER parts AS last_position
    FROM part
    WINDOW parts AS (ORDER BY part)
)
SELECT first_position, last_position
FROM neighbouring
WHERE has_new_entries
ORDER BY first_position
