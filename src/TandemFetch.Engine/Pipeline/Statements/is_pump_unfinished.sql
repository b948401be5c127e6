-- Whether entries of a pump came after its stages had run.
SELECT
    EXISTS (SELECT 1 FROM underived_ranges WHERE device_assignment_id = $DeviceAssignmentId)
    OR EXISTS (SELECT 1 FROM retimed_ranges WHERE device_assignment_id = $DeviceAssignmentId)
    OR EXISTS (
        SELECT 1
        FROM raw_events
        WHERE device_assignment_id = $DeviceAssignmentId
          AND id > (SELECT coalesce(max(raw_events_id), 0) FROM events WHERE device_assignment_id = $DeviceAssignmentId))
