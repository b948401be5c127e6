-- The site shows a state of the file. An older state of the same scope, or of a part of it, does not matter any more.
DELETE FROM bookkeeping.nightscout_marks
WHERE site = $site
  AND content = $content
  AND (pump = $pump OR mark <> $mark);

INSERT INTO bookkeeping.nightscout_marks BY NAME
SELECT $site AS site, $content AS content, $pump AS pump, $since::TIMESTAMPTZ AS since, $mark AS mark;
