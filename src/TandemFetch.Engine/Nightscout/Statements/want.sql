-- The documents of a kind. One place has one document: entries have one for each moment, whatever the pump; device
-- statuses have one for each pump and moment; and all have one for each pump and log position, which a second log of
-- the same pump could repeat.
INSERT INTO nightscout_wanted BY NAME
WITH document AS (
    {documents}
)
SELECT
    '{kind}' AS kind,
    '{collection}' AS collection,
    pump,
    log_position,
    time_ms,
    greatest(time_ms, last_ms, until_ms) AS until_ms,
    {hash} AS content_hash,
    time_ms IS NOT NULL
        AND (
            row_number() OVER (PARTITION BY {place} ORDER BY pump, log_position, time_ms, content_hash) > 1
            OR row_number() OVER (PARTITION BY pump, log_position ORDER BY time_ms, content_hash) > 1) AS repeated
FROM document;
