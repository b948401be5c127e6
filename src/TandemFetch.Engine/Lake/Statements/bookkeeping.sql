-- What a reader looks for beside the tables: the data of the zones, in the same form as in a database.
CREATE SCHEMA bookkeeping;

CREATE TABLE bookkeeping.zone_offsets (
    time_zone  VARCHAR     NOT NULL,
    starts     TIMESTAMPTZ NOT NULL,
    utc_offset INTEGER     NOT NULL
);
