-- Rows for which documents of another uploader are about to be deleted. Until they are sent, the site has nothing of
-- them, so every later run sends them.
DELETE FROM bookkeeping.nightscout_documents AS documents
USING nightscout_outgoing AS outgoing
WHERE documents.site = $site
  AND documents.kind = $kind
  AND outgoing.number IN (SELECT unnest(string_split($numbers, ',')::BIGINT[]))
  AND documents.pump = outgoing.pump
  AND documents.log_position = outgoing.log_position;

INSERT INTO bookkeeping.nightscout_documents BY NAME
SELECT
    $site AS site,
    $collection AS collection,
    $kind AS kind,
    pump,
    log_position,
    make_timestamptz(time_ms * 1000) AS document_time,
    NULL::UBIGINT AS content_hash,
    'Replacing' AS state
FROM nightscout_outgoing
WHERE number IN (SELECT unnest(string_split($numbers, ',')::BIGINT[]));
