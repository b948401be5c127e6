-- The readings with the group of each, {grouping}, oldest first.
SELECT bucket_of({grouping}, local_time), moment, glucose::INTEGER, pace::BIGINT
FROM analysis_readings
ORDER BY moment
