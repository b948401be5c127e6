-- The documents of a stretch are deleted.
DELETE FROM bookkeeping.nightscout_documents AS documents
USING nightscout_plan AS plan
WHERE documents.site = $site
  AND documents.collection = $collection
  AND documents.pump = $pump
  AND documents.document_time BETWEEN make_timestamptz($first_ms * 1000) AND make_timestamptz($last_ms * 1000)
  AND plan.removes
  AND plan.kind = documents.kind
  AND plan.pump = documents.pump
  AND plan.log_position = documents.log_position
