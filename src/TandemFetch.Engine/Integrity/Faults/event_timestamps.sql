-- True time is the pump's clock minus the clock's offset in its span; if that is unknown, so is true time.
SELECT concat_ws(' ', events.device_assignment_id, log_position) AS key
FROM events
JOIN clock_spans AS span
  ON span.device_assignment_id = events.device_assignment_id
 AND log_position BETWEEN first_position AND coalesce(last_position, 9223372036854775807)
WHERE epoch_us(timestamp) IS DISTINCT FROM epoch_us(pump_time) - utc_offset_minutes * 60000000::BIGINT - drift_ms * 1000
