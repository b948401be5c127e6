-- Since schema version 13.

CREATE TABLE battery_levels (
    id                   BIGINT      NOT NULL,
    events_id            BIGINT      NOT NULL,
    device_assignment_id VARCHAR     NOT NULL,
    log_position         BIGINT      NOT NULL,
    timestamp            TIMESTAMPTZ,
    pump_time            TIMESTAMP   NOT NULL,
    charge_percent       INTEGER     NOT NULL,
    millivolts           INTEGER
);
COMMENT ON TABLE  battery_levels                      IS
    'Charge of the pump''s battery, one row per entry that carries it.';
COMMENT ON COLUMN battery_levels.id                   IS 'The id of the entry.';
COMMENT ON COLUMN battery_levels.events_id            IS 'The entry in events.';
COMMENT ON COLUMN battery_levels.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN battery_levels.log_position         IS 'Place of the entry in the pump''s log.';
COMMENT ON COLUMN battery_levels.timestamp            IS 'True time; null where it cannot be known.';
COMMENT ON COLUMN battery_levels.pump_time            IS 'Pump wall clock.';
COMMENT ON COLUMN battery_levels.charge_percent       IS 'Charge, percent.';
COMMENT ON COLUMN battery_levels.millivolts           IS 'Voltage, millivolts; null where the entry has none.';
