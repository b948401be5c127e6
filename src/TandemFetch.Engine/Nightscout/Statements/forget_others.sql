-- Rows that the file no longer has, and whose document belongs to another uploader.
DELETE FROM bookkeeping.nightscout_documents AS documents
USING nightscout_plan AS plan
WHERE documents.site = $site
  AND documents.state IN ('LeftAlone', 'Replacing')
  AND NOT plan.sends
  AND plan.time_ms IS NULL
  AND plan.kind = documents.kind
  AND plan.pump = documents.pump
  AND plan.log_position = documents.log_position
