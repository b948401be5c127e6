-- Whether the site shows a state of the file: for this pump or for all, from this moment on or from an earlier one.
-- What was left to another uploader is still to be replaced.
SELECT EXISTS (
        FROM bookkeeping.nightscout_marks
        WHERE site = $site
          AND content = $content
          AND pump IN ($pump, '')
          AND mark = $mark
          AND (since IS NULL OR since <= $since::TIMESTAMPTZ))
    AND NOT ($replace AND EXISTS (
        FROM bookkeeping.nightscout_documents
        WHERE site = $site AND state = 'LeftAlone'))
