-- What any zone in the world is ahead of UTC at $moment, in microseconds as $moment is.
SELECT DISTINCT epoch_us(timezone(name, make_timestamptz($moment))) - $moment
FROM pg_timezone_names()
