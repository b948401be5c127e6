-- The documents of a kind that are to be sent, in order of time.
CREATE OR REPLACE TEMP TABLE nightscout_outgoing AS
WITH document AS (
    {documents}
), hashed AS (
    SELECT *, {hash} AS content_hash
    FROM document
)
SELECT
    row_number() OVER (ORDER BY hashed.time_ms, hashed.pump, hashed.log_position) AS number,
    plan.looks,
    plan.replaces,
    plan.is_new,
    hashed.*
FROM nightscout_plan AS plan
JOIN hashed
  ON hashed.pump = plan.pump
 AND hashed.log_position = plan.log_position
 AND hashed.time_ms = plan.time_ms
 AND hashed.content_hash = plan.content_hash
WHERE plan.kind = '{kind}'
  AND plan.sends
QUALIFY row_number() OVER (PARTITION BY hashed.pump, hashed.log_position) = 1
ORDER BY number;
