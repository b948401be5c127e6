-- The pumps of the file, by the names under which their documents are sent.
CREATE OR REPLACE TEMP VIEW nightscout_pumps AS
SELECT device_assignment_id, coalesce(nullif(serial_number, ''), device_assignment_id) AS pump, time_zone
FROM pumps;

-- Documents that the site should have.
CREATE OR REPLACE TEMP TABLE nightscout_wanted (
    kind         VARCHAR NOT NULL,
    collection   VARCHAR NOT NULL,
    pump         VARCHAR NOT NULL,
    log_position BIGINT  NOT NULL,
    time_ms      BIGINT,
    until_ms     BIGINT,
    content_hash UBIGINT NOT NULL,
    repeated     BOOLEAN NOT NULL
);
