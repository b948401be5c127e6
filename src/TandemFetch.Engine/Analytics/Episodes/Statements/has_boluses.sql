-- Whether the pumps have any boluses at all: without them, no insulin around an episode is not the same as 0.
SELECT EXISTS (FROM boluses WHERE device_assignment_id IN (SELECT device FROM analysis_pumps))
