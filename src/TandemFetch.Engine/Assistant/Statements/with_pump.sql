LEFT JOIN hidden.pump_numbers AS numbers ON numbers.device_assignment_id = source.device_assignment_id
