-- What distinguishes the site from the file, as far as the run is about it: what was sent and is outdated, and what is
-- to be sent. An entry is known to the site by its time and a device status by nothing at all, so a change of these is
-- a deletion and a new document; others are replaced. A row that was being sent when a run ended may be on the site or
-- not, and is treated as outdated. One for which documents of another uploader were being deleted is not on the site,
-- and still has to replace them, because some may be gone. An entry or device status that moved to before the beginning
-- of the run is only deleted: the place to which it moved may still have one that the run leaves as it is.
CREATE OR REPLACE TEMP TABLE nightscout_plan AS
WITH wanted AS (
    FROM nightscout_wanted
    WHERE time_ms IS NOT NULL
      AND NOT repeated
      AND ($all_pumps OR list_contains(string_split($pumps, chr(10)), pump))
), recorded AS (
    SELECT kind, collection, pump, log_position, epoch_ms(document_time) AS recorded_ms, content_hash, state
    FROM bookkeeping.nightscout_documents
    WHERE site = $site
      AND list_contains(string_split($kinds, chr(10)), kind)
      AND ($all_pumps OR list_contains(string_split($pumps, chr(10)), pump))
), compared AS (
    SELECT
        kind,
        coalesce(wanted.collection, recorded.collection) AS collection,
        pump,
        log_position,
        wanted.time_ms,
        wanted.until_ms,
        wanted.content_hash,
        recorded.recorded_ms,
        recorded.state,
        wanted.time_ms IS NOT NULL AS is_wanted,
        coalesce(recorded.state NOT IN ('LeftAlone', 'Replacing'), false) AS is_ours,
        recorded.recorded_ms IS DISTINCT FROM wanted.time_ms AS is_moved,
        recorded.recorded_ms IS DISTINCT FROM wanted.time_ms
            OR recorded.content_hash IS DISTINCT FROM wanted.content_hash AS is_changed
    FROM wanted
    FULL JOIN recorded USING (kind, pump, log_position)
), placed AS (
    SELECT
        *,
        is_ours
            AND (NOT is_wanted
                OR collection = 'entries' AND is_moved
                OR collection = 'devicestatus' AND is_changed) AS removes,
        is_wanted
            AND (is_changed OR NOT is_ours AND $replace)
            AND (time_ms >= $since_ms OR collection NOT IN ('entries', 'devicestatus')) AS sends
    FROM compared
    WHERE coalesce(until_ms >= $since_ms, false) OR coalesce(recorded_ms >= $since_ms, false)
)
SELECT
    kind,
    collection,
    pump,
    log_position,
    time_ms,
    content_hash,
    recorded_ms,
    state,
    removes,
    sends,
    sends AND (NOT is_ours OR removes) AS looks,
    sends AND ($replace OR coalesce(state = 'Replacing', false)) AS replaces,
    sends AND NOT is_ours AS is_new
FROM placed
WHERE removes OR sends OR NOT is_wanted;
