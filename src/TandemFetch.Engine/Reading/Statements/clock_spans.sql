-- Spans of all pumps, oldest first. The time of a span is that of the setting that begins it.
SELECT device_assignment_id, first_position, last_position, first_pump_time, utc_offset_minutes, drift_ms, resolved_by
FROM clock_spans
ORDER BY device_assignment_id, first_position
