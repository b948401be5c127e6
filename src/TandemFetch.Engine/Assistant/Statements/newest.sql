-- The newest of what is measured.
SELECT
    greatest(
        (SELECT max(timestamp) FROM cgm_readings),
        (SELECT max(timestamp) FROM boluses),
        (SELECT max(timestamp) FROM basal_deliveries)) AT TIME ZONE 'UTC' AS newest
