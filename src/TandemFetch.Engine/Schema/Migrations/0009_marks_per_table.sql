-- What is to be derived again is noted for each table, and every time of a row has the place of its entry.

CREATE TEMP TABLE marked AS FROM underived_ranges;

DROP TABLE underived_ranges;

CREATE TABLE underived_ranges (
    device_assignment_id VARCHAR NOT NULL,
    first_position       BIGINT  NOT NULL,
    last_position        BIGINT  NOT NULL,
    table_name           VARCHAR
);
COMMENT ON TABLE  underived_ranges                      IS
    'Stretches of the log whose events changed since the domain tables were derived.';
COMMENT ON COLUMN underived_ranges.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN underived_ranges.first_position       IS 'First log_position that changed.';
COMMENT ON COLUMN underived_ranges.last_position        IS 'Last log_position that changed.';
COMMENT ON COLUMN underived_ranges.table_name           IS
    'The table that is to be derived again there; null for all tables.';

INSERT INTO underived_ranges BY NAME
SELECT device_assignment_id, first_position, last_position, NULL AS table_name
FROM marked
WHERE has_therapy
UNION ALL
SELECT device_assignment_id, first_position, last_position, unnest(['basal_deliveries', 'cgm_readings']) AS table_name
FROM marked
WHERE NOT has_therapy;

DROP TABLE marked;

ALTER TABLE basal_deliveries ADD COLUMN ended_position BIGINT;
COMMENT ON COLUMN basal_deliveries.ended_position IS
    'Place of the entry that it lasts to: the next delivery, or the last one before the log stops for more than 15 '
    'minutes.';

ALTER TABLE boluses ADD COLUMN started_position BIGINT;
COMMENT ON COLUMN boluses.started_position IS 'Place of the entry that says when insulin began to flow.';

ALTER TABLE boluses ADD COLUMN ended_position BIGINT;
COMMENT ON COLUMN boluses.ended_position IS 'Place of the entry that says when the last part ended.';
