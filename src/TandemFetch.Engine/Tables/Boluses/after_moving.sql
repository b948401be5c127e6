-- A bolus that lies on both sides of an end of the moved range is derived again, as are two boluses with the same id
-- that may now be one.
INSERT INTO bookkeeping.underived_ranges BY NAME
SELECT
    $device AS device_assignment_id,
    earlier.log_position AS first_position,
    later.last_position,
    'boluses' AS table_name
FROM (SELECT unnest([$first - 1, $last]) AS place) AS border
JOIN boluses AS earlier
  ON earlier.log_position <= place AND earlier.last_position > place - days_of_log()
JOIN boluses AS later
  ON later.bolus_id = earlier.bolus_id AND later.last_position > place AND later.log_position - days_of_log() <= place
WHERE earlier.device_assignment_id = $device AND later.device_assignment_id = $device;
