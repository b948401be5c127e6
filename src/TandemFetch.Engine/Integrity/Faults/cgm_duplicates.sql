-- A glucose entry that is omitted as a duplicate refers to the reading that it repeats, and that reading exists, except
-- for readings still to be derived.
SELECT concat_ws(' ', device_assignment_id, log_position) AS key
FROM bookkeeping.cgm_omissions AS omission
WHERE (reason = 'Duplicate') <> (reading_position IS NOT NULL)
   OR reading_position IS NOT NULL AND NOT EXISTS (
       FROM cgm_readings AS reading
       WHERE reading.device_assignment_id = omission.device_assignment_id
         AND reading.log_position = omission.reading_position)
   AND NOT EXISTS (
       FROM bookkeeping.underived_ranges AS range
       WHERE range.device_assignment_id = omission.device_assignment_id
         AND omission.reading_position BETWEEN first_position AND last_position)
