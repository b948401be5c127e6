SELECT id, device_assignment_id, timestamp, pump_time, glucose, from_cgm, entered_remotely, calibration, iob,
    correction_factor, target_bg
FROM bg_readings
