DROP TABLE IF EXISTS nightscout_outgoing;
DROP TABLE IF EXISTS nightscout_plan;
DROP TABLE IF EXISTS nightscout_wanted;
DROP VIEW IF EXISTS nightscout_pumps;
