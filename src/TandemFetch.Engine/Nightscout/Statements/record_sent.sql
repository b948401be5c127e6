-- The site has confirmed documents.
UPDATE bookkeeping.nightscout_documents AS documents
SET content_hash = outgoing.content_hash, state = 'Sent'
FROM nightscout_outgoing AS outgoing
WHERE documents.site = $site
  AND documents.kind = $kind
  AND documents.state = 'Sending'
  AND outgoing.number BETWEEN $first AND $last
  AND documents.pump = outgoing.pump
  AND documents.log_position = outgoing.log_position;
