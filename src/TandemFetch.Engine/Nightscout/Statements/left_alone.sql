-- What another uploader has written, for each kind and pump.
SELECT kind, pump, count(*) AS left_alone
FROM bookkeeping.nightscout_documents
WHERE site = $site
  AND state = 'LeftAlone'
  AND epoch_ms(document_time) >= $since_ms
  AND list_contains(string_split($kinds, chr(10)), kind)
  AND ($all_pumps OR list_contains(string_split($pumps, chr(10)), pump))
GROUP BY kind, pump
