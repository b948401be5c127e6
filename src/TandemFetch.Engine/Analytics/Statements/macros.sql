-- What the measures have in common. Moments and lengths of time are counted in microseconds.
CREATE OR REPLACE TEMP MACRO hour_us() AS 3600000000;
