-- One document is deleted.
DELETE FROM bookkeeping.nightscout_documents
WHERE site = $site
  AND kind = $kind
  AND pump = $pump
  AND log_position = $log_position
