SELECT id, device_assignment_id, timestamp, pump_time, bolus_id, kind, source, status, started, ended,
    requested, requested_food, requested_correction, requested_now, requested_later, extended_minutes,
    delivered, delivered_now, delivered_later, carbs, bg, iob, carb_ratio, correction_factor, target_bg,
    overridden, declined_correction
FROM boluses
