-- What derivations, moving and checks have in common; the text of a macro counts as part of every derivation that uses
-- it. Others are generated from the definitions of the tables: is_<table>_entry(event_id), begins_<table>(event_id),
-- is_therapy_entry(event_id) and entry_subject(event_id, event_data).

-- Times are in microseconds, because differences of timestamps are in days and depend on the session's zone.
CREATE OR REPLACE TEMP MACRO second_us() AS 1000000;
CREATE OR REPLACE TEMP MACRO two_minutes_us() AS 120000000;
CREATE OR REPLACE TEMP MACRO quarter_us() AS 900000000;
CREATE OR REPLACE TEMP MACRO hour_us() AS 3600000000;
CREATE OR REPLACE TEMP MACRO day_us() AS 86400000000;

-- A time after all others.
CREATE OR REPLACE TEMP MACRO end_of_time_us() AS 9223372036854775807;

-- A position after all positions of a log.
CREATE OR REPLACE TEMP MACRO end_of_log() AS 9223372036854775807;

-- The number of log positions that a pump uses in a day, generously: about three days, more than it uses in the 26
-- hours by which a clock is set at most.
CREATE OR REPLACE TEMP MACRO day_of_log() AS 3500;
CREATE OR REPLACE TEMP MACRO days_of_log() AS 10000;

CREATE OR REPLACE TEMP MACRO seconds_between(began, finished) AS
    CASE
        WHEN began IS NOT NULL AND finished IS NOT NULL
        THEN greatest(0, (epoch_us(finished) - epoch_us(began)) // second_us())
    END;

-- The later of two times; null if one is unknown, unlike greatest.
CREATE OR REPLACE TEMP MACRO later_of(one, other) AS
    CASE WHEN one IS NOT NULL AND other IS NOT NULL THEN greatest(one, other) END;

-- The time of an entry if its position is among those that moved.
CREATE OR REPLACE TEMP MACRO moved(moment, place, first_moved, last_moved, shift) AS
    CASE
        WHEN place BETWEEN first_moved AND last_moved THEN make_timestamptz(epoch_us(moment) + shift)
        ELSE moment
    END;

-- A clock on which entries of known and of unknown true time are never near each other.
CREATE OR REPLACE TEMP MACRO unknown_us() AS 4000000000000000;
CREATE OR REPLACE TEMP MACRO clock_apart(true_time, wall_clock) AS
    coalesce(epoch_us(true_time), epoch_us(wall_clock) - unknown_us());

-- Seconds since 2008 on the pump's clock, as its entries count them.
CREATE OR REPLACE TEMP MACRO pump_clock(seconds) AS
    make_timestamp(1199145600000000 + try_cast(seconds AS UINTEGER)::BIGINT * second_us());

-- The true time of a moment that an entry specifies on the pump's clock.
CREATE OR REPLACE TEMP MACRO true_time_at(logged, logged_clock, clock) AS
    make_timestamptz(epoch_us(logged) + epoch_us(clock) - epoch_us(logged_clock));

CREATE OR REPLACE TEMP MACRO local_day(zone, moment) AS timezone(zone, moment)::DATE;
CREATE OR REPLACE TEMP MACRO local_days(zone, first_moment, last_moment) AS
    generate_series(local_day(zone, first_moment), local_day(zone, last_moment), INTERVAL 1 DAY);

-- Days always begin on a quarter of an hour, so one moment of each quarter gives the day of all.
CREATE OR REPLACE TEMP MACRO quarter_of(moment) AS epoch_us(moment) // quarter_us();
CREATE OR REPLACE TEMP MACRO day_of_quarter(zone, quarter) AS
    local_day(zone, make_timestamptz(quarter * quarter_us()));

-- The contents of an entry with a glucose reading.
CREATE OR REPLACE TEMP MACRO glucose_entry(event_data) AS
    json_transform(event_data, '{
        "currentGlucoseDisplayValue": "VARCHAR", "glucoseValueStatus": "VARCHAR", "egvTimeStamp": "VARCHAR",
        "rate": "VARCHAR", "cgmDataType": "VARCHAR"}');
CREATE OR REPLACE TEMP MACRO glucose_status(said) AS
    CASE said.glucoseValueStatus
        WHEN 'Precise Value' THEN 'Normal'
        WHEN 'currentGlucoseDisplayValue contains the glucose reading' THEN 'Normal'
        WHEN 'Special High' THEN 'High'
        WHEN 'The glucose reading is high, currentGlucoseDisplayValue set to 0' THEN 'High'
        WHEN 'Special Low' THEN 'Low'
        WHEN 'The glucose reading is low, currentGlucoseDisplayValue set to 0' THEN 'Low'
        WHEN 'Do Not Show, Do Not Store' THEN 'DoNotShow'
        ELSE coalesce(said.glucoseValueStatus, 'Unknown')
    END;
CREATE OR REPLACE TEMP MACRO glucose_shown(said) AS try_cast(said.currentGlucoseDisplayValue AS SMALLINT);
CREATE OR REPLACE TEMP MACRO glucose_value(status, shown) AS
    CASE
        WHEN status = 'High' THEN 401
        WHEN status = 'Low' THEN 39
        WHEN status <> 'Normal' OR shown BETWEEN 40 AND 400 THEN shown
    END::SMALLINT;
CREATE OR REPLACE TEMP MACRO glucose_rate(said) AS try_cast(said.rate AS DECIMAL(5, 1));
CREATE OR REPLACE TEMP MACRO glucose_sensor(event_id) AS
    CASE event_id WHEN 256 THEN 'G6' WHEN 399 THEN 'G7' WHEN 372 THEN 'Libre 2' ELSE 'Libre 3' END;
CREATE OR REPLACE TEMP MACRO is_backfilled(said) AS coalesce(said.cgmDataType ILIKE '%backfill%', false);

-- The newest true time of a pump's log from a position onwards.
CREATE OR REPLACE TEMP MACRO newest_time(device, since_position) AS (
    SELECT max(timestamp)
    FROM events
    WHERE device_assignment_id = device AND log_position >= since_position);

-- Seconds as days; null if they are not a whole number of days.
CREATE OR REPLACE TEMP MACRO whole_days(seconds) AS
    CASE WHEN try_cast(seconds AS UINTEGER) % 86400 = 0 THEN try_cast(seconds AS UINTEGER) // 86400 END;

-- Insulin: the pump writes single precision, or thousandths. A value that no pump can mean is omitted; it must not keep
-- all others from being derived.
CREATE OR REPLACE TEMP MACRO rounded(units) AS round(try_cast(units AS DOUBLE), 3);
CREATE OR REPLACE TEMP MACRO thousandths(milliunits) AS try_cast(milliunits AS DECIMAL(10, 3)) / 1000;
CREATE OR REPLACE TEMP MACRO insulin(units) AS try_cast(units AS DECIMAL(7, 3));
CREATE OR REPLACE TEMP MACRO hourly_rate(milliunits) AS insulin(try_cast(milliunits AS DECIMAL(10, 0)) * 0.001);

-- Whether an entry clears an alert of any kind.
CREATE OR REPLACE TEMP MACRO is_clearing(event_id) AS event_id IN (26, 28, 172, 370, 461);
