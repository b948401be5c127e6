-- What was sent to Nightscout, so that a run sends what is new or changed and nothing else.

CREATE TABLE bookkeeping.nightscout_documents (
    site          VARCHAR     NOT NULL,
    collection    VARCHAR     NOT NULL,
    kind          VARCHAR     NOT NULL,
    pump          VARCHAR     NOT NULL,
    log_position  BIGINT      NOT NULL,
    document_time TIMESTAMPTZ NOT NULL,
    content_hash  UBIGINT,
    state         VARCHAR     NOT NULL
);
COMMENT ON TABLE  bookkeeping.nightscout_documents               IS
    'Documents that a Nightscout site has from this file, or that were left to another uploader. A row is stored '
    'before its document is sent and deleted after its document is, so that every document of ours has a row.';
COMMENT ON COLUMN bookkeeping.nightscout_documents.site          IS 'Address of the site.';
COMMENT ON COLUMN bookkeeping.nightscout_documents.collection    IS
    'Where the site keeps it: entries, treatments, devicestatus or profile.';
COMMENT ON COLUMN bookkeeping.nightscout_documents.kind          IS
    'What it shows, such as Glucose, Bolus, Basal or SensorStart.';
COMMENT ON COLUMN bookkeeping.nightscout_documents.pump          IS 'Serial number of the pump.';
COMMENT ON COLUMN bookkeeping.nightscout_documents.log_position  IS
    'Place in the pump''s log of the entry that it shows; of a profile, the second of the upload that first showed it.';
COMMENT ON COLUMN bookkeeping.nightscout_documents.document_time IS 'Its time on the site, true time.';
COMMENT ON COLUMN bookkeeping.nightscout_documents.content_hash  IS
    'Hash of what was sent; null until the site has confirmed it.';
COMMENT ON COLUMN bookkeeping.nightscout_documents.state         IS
    'Sending: the site may have it or not. Sent: the site has confirmed it. LeftAlone: another uploader had written '
    'the same, so it was not sent. Replacing: what another uploader had written is being deleted, so it is to be sent.';

CREATE TABLE bookkeeping.nightscout_marks (
    site    VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    pump    VARCHAR NOT NULL,
    since   TIMESTAMPTZ,
    mark    VARCHAR NOT NULL
);
COMMENT ON TABLE  bookkeeping.nightscout_marks         IS
    'How far each site has been brought up to date, so that a run sees at once that there is nothing to send.';
COMMENT ON COLUMN bookkeeping.nightscout_marks.site    IS 'Address of the site.';
COMMENT ON COLUMN bookkeeping.nightscout_marks.content IS 'What was sent: Glucose, Bolus, Basal and so on.';
COMMENT ON COLUMN bookkeeping.nightscout_marks.pump    IS 'Serial number of the pump; empty for all pumps.';
COMMENT ON COLUMN bookkeeping.nightscout_marks.since   IS 'From when on, true time; null for all.';
COMMENT ON COLUMN bookkeeping.nightscout_marks.mark    IS
    'State of the file that the site shows: the last run of the pipeline, the pumps, and the version of the mapping.';
