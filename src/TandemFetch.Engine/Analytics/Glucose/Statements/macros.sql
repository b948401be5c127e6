-- What the measures of glucose have in common. Moments and lengths of time are counted in microseconds.
CREATE OR REPLACE TEMP MACRO minute_us() AS 60000000::BIGINT;
CREATE OR REPLACE TEMP MACRO hour_us() AS 3600000000;
CREATE OR REPLACE TEMP MACRO day_us() AS 86400000000;

-- The interval of a sensor around which no two readings are near enough to show it. Libre sensors hand their readings
-- over every 5 minutes too, unless the log shows otherwise.
CREATE OR REPLACE TEMP MACRO usual_interval() AS 5 * minute_us();

-- What a local time counts with: days begin at midnight, weeks on Monday (ISO 8601); night is from 0 to 6 o'clock
-- (consensus on CGM reporting, 2017).
CREATE OR REPLACE TEMP MACRO bucket_of(grouped_by, local_time) AS
    CASE grouped_by
        WHEN 'Day' THEN strftime(local_time, '%Y-%m-%d')
        WHEN 'Week' THEN strftime(local_time, '%G-W%V')
        WHEN 'Month' THEN strftime(local_time, '%Y-%m')
        WHEN 'Weekday' THEN isodow(local_time)::VARCHAR || ' ' || dayname(local_time)
        WHEN 'Hour' THEN strftime(local_time, '%H')
        WHEN 'DayPart' THEN CASE WHEN hour(local_time) < 6 THEN 'Night' ELSE 'Day' END
        ELSE ''
    END;

-- The symmetrised glucose scale in mg/dL (Kovatchev 1997): 0 at 112.5, negative below, positive above.
CREATE OR REPLACE TEMP MACRO risk_scale(glucose) AS pow(ln(glucose), 1.084) - 5.381;
CREATE OR REPLACE TEMP MACRO risk(scaled) AS 22.77 * scaled * scaled;
