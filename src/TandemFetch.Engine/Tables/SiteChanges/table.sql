-- Since schema version 4.

CREATE TABLE site_changes (
    id                   BIGINT      NOT NULL,
    events_id            BIGINT      NOT NULL,
    device_assignment_id VARCHAR     NOT NULL,
    log_position         BIGINT      NOT NULL,
    timestamp            TIMESTAMPTZ,
    pump_time            TIMESTAMP   NOT NULL,
    part                 VARCHAR     NOT NULL,
    units                DECIMAL(7, 3),
    status               VARCHAR
);
COMMENT ON TABLE  site_changes                      IS 'Cartridges, tubings and cannulas filled, one row each.';
COMMENT ON COLUMN site_changes.id                   IS 'The id of the entry.';
COMMENT ON COLUMN site_changes.events_id            IS 'The entry in events.';
COMMENT ON COLUMN site_changes.device_assignment_id IS 'The pump.';
COMMENT ON COLUMN site_changes.log_position         IS 'Place of the entry in the pump''s log.';
COMMENT ON COLUMN site_changes.timestamp            IS 'True time; null where it cannot be known.';
COMMENT ON COLUMN site_changes.pump_time            IS 'Pump wall clock.';
COMMENT ON COLUMN site_changes.part                 IS 'Cartridge, Tubing or Cannula.';
COMMENT ON COLUMN site_changes.units                IS
    'Insulin filled in or primed with, units; null when not recorded.';
COMMENT ON COLUMN site_changes.status               IS
    'How it ended: Completed, User Aborted …; null for cartridges, which have none.';
