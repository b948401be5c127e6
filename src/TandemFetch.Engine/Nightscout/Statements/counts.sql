-- What happens to the documents of each kind and pump, and what cannot be sent.
SELECT
    kind,
    pump,
    count(*) FILTER (is_new) AS new,
    count(*) FILTER (sends AND NOT is_new) AS changed,
    count(*) FILTER (removes AND NOT sends) AS removed,
    0 AS without_time,
    0 AS repeated
FROM nightscout_plan
GROUP BY kind, pump
UNION ALL BY NAME
SELECT
    kind,
    pump,
    0 AS new,
    0 AS changed,
    0 AS removed,
    count(*) FILTER (time_ms IS NULL) AS without_time,
    count(*) FILTER (repeated) AS repeated
FROM nightscout_wanted
WHERE $all_pumps OR list_contains(string_split($pumps, chr(10)), pump)
GROUP BY kind, pump
HAVING without_time > 0 OR repeated > 0
