#!/usr/bin/env bash
# npm @duckdb/node-api 1.5.6-r.1 (DuckDB 1.5.6), extension icu, which is linked in
# Expected: the difference of two TIMESTAMPTZ is the time between the two instants, whatever TimeZone is set (as in
#           PostgreSQL).
# Seen:     it is taken on the clock of the session's TimeZone as soon as it reaches a day: 25 hours are 24 when the clocks
#           go back in between, and epoch() of it too. date_diff('second', ...) and the difference of epoch() are right.
# Matters:  how long a sensor, an infusion site or a sleep mode lasted; sums and averages of such spans; the same file
#           gives other numbers under another TimeZone.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix . @duckdb/node-api@1.5.6-r.1

cat > probe.js <<'JS'
const { DuckDBInstance } = require('@duckdb/node-api');
(async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const zone of ['UTC', 'Europe/Berlin']) {
    await connection.run(`set TimeZone = '${zone}'`);
    const result = await connection.runAndReadAll(`
      select name, (b - a)::varchar as difference, epoch(b - a) / 3600 as epoch_of_it,
        date_diff('second', a, b) / 3600 as date_diff, (epoch(b) - epoch(a)) / 3600 as epochs
      from (values
        ('a day and an hour', timestamptz '2026-10-24 10:00:00+00', timestamptz '2026-10-25 11:00:00+00'),
        ('a night', timestamptz '2026-10-24 21:00:00+00', timestamptz '2026-10-25 06:00:00+00'),
        ('61 days', timestamptz '2026-09-01 05:30:00+00', timestamptz '2026-11-01 05:30:00+00')) spans (name, a, b)`);
    for (const [name, difference, ofIt, diff, epochs] of result.getRowsJson()) {
      console.log(`${zone}, ${name}: ${difference}; hours: epoch of it ${ofIt}, date_diff ${diff}, epochs ${epochs}`);
    }
  }
})();
JS
node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
UTC, a day and an hour: 1 day 01:00:00; hours: epoch of it 25, date_diff 25, epochs 25
UTC, a night: 09:00:00; hours: epoch of it 9, date_diff 9, epochs 9
UTC, 61 days: 61 days; hours: epoch of it 1464, date_diff 1464, epochs 1464
Europe/Berlin, a day and an hour: 1 day; hours: epoch of it 24, date_diff 25, epochs 25
Europe/Berlin, a night: 09:00:00; hours: epoch of it 9, date_diff 9, epochs 9
Europe/Berlin, 61 days: 60 days 23:00:00; hours: epoch of it 1463, date_diff 1464, epochs 1464
SEEN
