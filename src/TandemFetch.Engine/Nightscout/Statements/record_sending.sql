-- Documents that are about to be sent.

-- An entry takes over the document that another pump has at the same moment, if the run leaves that pump out.
UPDATE bookkeeping.nightscout_documents AS documents
SET content_hash = NULL, state = 'Sending'
FROM nightscout_outgoing AS outgoing
WHERE $collection = 'entries'
  AND documents.site = $site
  AND documents.collection = 'entries'
  AND documents.state = 'Sent'
  AND outgoing.number BETWEEN $first AND $last
  AND documents.pump <> outgoing.pump
  AND documents.document_time = make_timestamptz(outgoing.time_ms * 1000);

DELETE FROM bookkeeping.nightscout_documents AS documents
USING nightscout_outgoing AS outgoing
WHERE documents.site = $site
  AND documents.kind = $kind
  AND outgoing.number BETWEEN $first AND $last
  AND documents.pump = outgoing.pump
  AND documents.log_position = outgoing.log_position;

INSERT INTO bookkeeping.nightscout_documents BY NAME
WITH outgoing AS (
    SELECT
        *,
        coalesce(list_contains(try_cast(string_split($left, ',') AS BIGINT[]), number), false) AS is_left
    FROM nightscout_outgoing
    WHERE number BETWEEN $first AND $last
)
SELECT
    $site AS site,
    $collection AS collection,
    $kind AS kind,
    pump,
    log_position,
    make_timestamptz(time_ms * 1000) AS document_time,
    CASE WHEN is_left THEN content_hash END AS content_hash,
    CASE WHEN is_left THEN 'LeftAlone' ELSE 'Sending' END AS state
FROM outgoing;
