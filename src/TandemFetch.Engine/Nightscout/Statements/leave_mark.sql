-- The site is about to change: until that is done, it shows no state of the file.
DELETE FROM bookkeeping.nightscout_marks
WHERE site = $site
  AND list_contains(string_split($content, chr(10)), content)
