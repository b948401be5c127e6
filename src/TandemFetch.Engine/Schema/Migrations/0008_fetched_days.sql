-- Which days have been asked for, and how the last request for each went: a wall clock is no order, so that a day can get entries long after it was
-- fetched. What is known of earlier versions' windows is given up, since they called days finished that were not, and asked for a part of the log only:
-- the next backfill asks for every day once more and stores what is new.

DROP TABLE fetch_windows;

CREATE TABLE fetched_days (
    device_assignment_id VARCHAR     NOT NULL,
    day                  DATE        NOT NULL,
    fetched_at           TIMESTAMPTZ NOT NULL,
    upload               TIMESTAMPTZ NOT NULL,
    entries              INTEGER     NOT NULL,
    unchanged            INTEGER     NOT NULL
);
COMMENT ON TABLE  fetched_days                      IS 'The days of pump wall clock that the server has been asked for, with the newest response of each.';
COMMENT ON COLUMN fetched_days.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN fetched_days.day                  IS 'The day, pump wall clock.';
COMMENT ON COLUMN fetched_days.fetched_at           IS 'When the response came.';
COMMENT ON COLUMN fetched_days.upload               IS 'The pump''s last upload at that time, true time.';
COMMENT ON COLUMN fetched_days.entries              IS 'Entries of the day in the response.';
COMMENT ON COLUMN fetched_days.unchanged            IS 'How many responses in a row had nothing new for the day.';

CREATE TABLE fetch_marks (
    device_assignment_id VARCHAR     NOT NULL,
    log_position         BIGINT      NOT NULL,
    pump_time            TIMESTAMP   NOT NULL,
    upload               TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE  fetch_marks                      IS 'How far the log of each pump was fetched by the last run that came to its end.';
COMMENT ON COLUMN fetch_marks.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN fetch_marks.log_position         IS 'Place of the newest entry in the pump''s log.';
COMMENT ON COLUMN fetch_marks.pump_time            IS 'Pump wall clock of that entry.';
COMMENT ON COLUMN fetch_marks.upload               IS 'The pump''s last upload at that time, true time.';
