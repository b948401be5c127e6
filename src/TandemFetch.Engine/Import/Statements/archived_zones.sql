-- The zones of the pumps in an archive, and who set them.
SELECT device_assignment_id, time_zone, time_zone_set_by
FROM {source}
