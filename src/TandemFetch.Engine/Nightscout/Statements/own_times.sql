-- The times of our documents in a collection: what the site has at such a time is ours, even if it hides the names of
-- devices.
SELECT epoch_ms(document_time)
FROM bookkeeping.nightscout_documents
WHERE site = $site
  AND collection = $collection
  AND state NOT IN ('LeftAlone', 'Replacing')
  AND document_time BETWEEN make_timestamptz($first_ms * 1000) AND make_timestamptz($last_ms * 1000)
