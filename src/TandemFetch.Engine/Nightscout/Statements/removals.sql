-- The deletions: one for each stretch of entries or device statuses of a pump that all go, and one for each treatment
-- and profile.
WITH recorded AS (
    SELECT documents.kind, documents.collection, documents.pump, documents.log_position,
        epoch_ms(documents.document_time) AS recorded_ms,
        coalesce(plan.removes, false) AS removes
    FROM bookkeeping.nightscout_documents AS documents
    LEFT JOIN nightscout_plan AS plan USING (kind, pump, log_position)
    WHERE documents.site = $site
      AND documents.state NOT IN ('LeftAlone', 'Replacing')
      AND documents.collection IN ('entries', 'devicestatus')
      AND documents.collection IN (SELECT collection FROM nightscout_plan WHERE removes)
), numbered AS (
    SELECT
        *,
        sum((NOT removes)::INTEGER) OVER (
            PARTITION BY collection, pump ORDER BY recorded_ms, removes ROWS UNBOUNDED PRECEDING) AS stretch
    FROM recorded
)
SELECT
    collection,
    min(kind) AS kind,
    pump,
    min(log_position) AS log_position,
    min(recorded_ms) AS first_ms,
    max(recorded_ms) AS last_ms
FROM numbered
WHERE removes
GROUP BY collection, pump, stretch
UNION ALL BY NAME
SELECT collection, kind, pump, log_position, recorded_ms AS first_ms, recorded_ms AS last_ms
FROM nightscout_plan
WHERE removes
  AND collection NOT IN ('entries', 'devicestatus')
ORDER BY collection, pump, first_ms, log_position
