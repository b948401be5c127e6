-- Documents that are about to be sent.
DELETE FROM bookkeeping.nightscout_documents AS documents
USING nightscout_outgoing AS outgoing
WHERE documents.site = $site
  AND documents.kind = $kind
  AND outgoing.number BETWEEN $first AND $last
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
    CASE WHEN list_contains(try_cast(string_split($left, ',') AS BIGINT[]), number) THEN content_hash END AS content_hash,
    CASE WHEN list_contains(try_cast(string_split($left, ',') AS BIGINT[]), number) THEN 'LeftAlone' ELSE 'Sending' END AS state
FROM nightscout_outgoing
WHERE number BETWEEN $first AND $last;
