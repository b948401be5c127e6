-- What a clock in a zone shows at a moment; the offset of the zone in seconds east of UTC.
CREATE OR REPLACE TEMP MACRO wall_clock(moment, utc_offset) AS
    make_timestamp(epoch_us(moment) + utc_offset * 1000000::BIGINT);
