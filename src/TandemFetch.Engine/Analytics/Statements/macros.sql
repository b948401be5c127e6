-- What the measures have in common. Moments and lengths of time are counted in microseconds.
CREATE OR REPLACE TEMP MACRO hour_us() AS 3600000000;
CREATE OR REPLACE TEMP MACRO day_us() AS 86400000000;
