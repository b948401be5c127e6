-- What the views need: the numbers of the pumps, and how their names are taken out of texts and numbers. No query can
-- name the schema.
CREATE SCHEMA hidden;
CREATE SCHEMA own;
CREATE SCHEMA bookkeeping;
CREATE TABLE hidden.pump_numbers (device_assignment_id VARCHAR, pump INTEGER);
CREATE MACRO hidden.without_names(value) AS regexp_replace(value, {names}, 'pump', 'gi');
CREATE MACRO hidden.without_number(value) AS
    CASE WHEN coalesce(TRY_CAST(value AS HUGEINT)::VARCHAR IN ({numbers}), false) THEN NULL ELSE value END;
