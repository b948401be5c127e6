-- Settings of the clock at hand without a search of the whole log, and what they move without deriving it again.

CREATE TABLE clock_changes (
    device_assignment_id VARCHAR NOT NULL,
    raw_events_id        BIGINT  NOT NULL
);
COMMENT ON TABLE  clock_changes                      IS 'Which raw entries set a pump''s clock: all with the codes 13 and 14.';
COMMENT ON COLUMN clock_changes.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN clock_changes.raw_events_id        IS 'The entry in raw_events.';

INSERT INTO clock_changes
SELECT device_assignment_id, id
FROM raw_events
WHERE event_code IN (13, 14)
ORDER BY id;

CREATE TABLE retimed_ranges (
    device_assignment_id VARCHAR NOT NULL,
    first_position       BIGINT  NOT NULL,
    last_position        BIGINT  NOT NULL,
    shift_us             BIGINT  NOT NULL
);
COMMENT ON TABLE  retimed_ranges                      IS 'Stretches of the log whose events were put on another time as a whole, and whose rows in the domain tables were not yet.';
COMMENT ON COLUMN retimed_ranges.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN retimed_ranges.first_position       IS 'First log_position that moved.';
COMMENT ON COLUMN retimed_ranges.last_position        IS 'Last log_position that moved.';
COMMENT ON COLUMN retimed_ranges.shift_us             IS 'By how much, microseconds.';

CREATE TABLE changed_days (
    device_assignment_id VARCHAR NOT NULL,
    day                  DATE
);
COMMENT ON TABLE  changed_days                      IS 'Days whose totals are to be added up again.';
COMMENT ON COLUMN changed_days.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN changed_days.day                  IS 'The day in the pump''s zone; null where true time is unknown, which is no day.';
