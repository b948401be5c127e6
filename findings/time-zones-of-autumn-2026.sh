#!/usr/bin/env bash
# npm @duckdb/node-api 1.5.6-r.1 (DuckDB 1.5.6, extension icu), moment-timezone 0.6.6, @js-joda/timezone 2.25.2
# Expected: DuckDB 1.5.6 carries one release of the time zone database, as current as the others of the same autumn.
# Seen:     it knows that Vancouver and Edmonton keep their summer offset and that Casablanca changed, but not Winnipeg and
#           Havana, which moment-timezone (2026f) knows. js-joda knows none of the five.
# Matters:  pump clocks in Manitoba, Alberta and British Columbia: from 1 November 2026 a clock time, a day's border and a
#           daily total lie an hour apart from one tool to the next. Ask which release a tool has before mixing two.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix . \
  @duckdb/node-api@1.5.6-r.1 moment-timezone@0.6.6 @js-joda/core@6.3.2 @js-joda/timezone@2.25.2

cat > probe.js <<'JS'
const { DuckDBInstance } = require('@duckdb/node-api');
const moment = require('moment-timezone');
const { Instant, ZoneId, ZonedDateTime } = require('@js-joda/core');
require('@js-joda/timezone');
const time = '2026-12-15T12:00:00.000Z';
const hours = minutes => (minutes < 0 ? '-' : '+') + String(Math.abs(minutes / 60));
(async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const zone of ['America/Vancouver', 'America/Edmonton', 'America/Winnipeg', 'America/Havana', 'Africa/Casablanca', 'America/Toronto']) {
    const reader = await connection.runAndReadAll(
      `select date_diff('minute', timestamptz '${time}' at time zone 'UTC', timestamptz '${time}' at time zone '${zone}')`);
    const joda = ZonedDateTime.ofInstant(Instant.parse(time), ZoneId.of(zone)).offset().totalSeconds() / 60;
    console.log(`${zone} in December 2026: moment-timezone ${hours(moment.tz(time, zone).utcOffset())}, ` +
      `DuckDB ${hours(Number(reader.getRows()[0][0]))}, js-joda ${hours(joda)}`);
  }
  console.log(`data: moment-timezone ${moment.tz.dataVersion}`);
})();
JS
node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
America/Vancouver in December 2026: moment-timezone -7, DuckDB -7, js-joda -8
America/Edmonton in December 2026: moment-timezone -6, DuckDB -6, js-joda -7
America/Winnipeg in December 2026: moment-timezone -5, DuckDB -6, js-joda -6
America/Havana in December 2026: moment-timezone -4, DuckDB -5, js-joda -5
Africa/Casablanca in December 2026: moment-timezone +0, DuckDB +0, js-joda +1
America/Toronto in December 2026: moment-timezone -5, DuckDB -5, js-joda -5
data: moment-timezone 2026f
SEEN
