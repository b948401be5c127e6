#!/usr/bin/env bash
# npm cron 4.4.0, beside npm croner 11.0.0
# Expected: a job at 03:00 runs once a day in its zone, also when the clocks go back from 03:00 to 02:00. croner does so.
# Seen:     cron fires it at 01:00 UTC, when the clock shows 02:00 for the second time, and again at 03:00.
# Matters:  a nightly fetch or upload of the day's totals: the first run comes an hour early, the second repeats it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . cron@4.4.0 croner@11.0.0 luxon@3.7.2

cat > probe.js <<'JS'
const { CronTime } = require('cron');
const { Cron } = require('croner');
const { DateTime } = require('luxon');
const zone = 'Europe/Berlin';
const clock = instant => DateTime.fromISO(instant, { zone }).toFormat('yyyy-MM-dd HH:mm ZZ');
for (const start of ['2026-10-24T00:00', '2026-10-25T00:00', '2026-10-26T00:00']) {
  const from = DateTime.fromISO(start, { zone });
  const to = from.plus({ days: 1 });
  const found = { cron: [], croner: [] };
  const time = new CronTime('0 3 * * *', zone);
  for (let next = time.getNextDateFrom(from, zone); next < to; next = time.getNextDateFrom(next, zone)) {
    found.cron.push(clock(next.toISO()));
  }
  const job = new Cron('0 3 * * *', { timezone: zone, paused: true });
  for (let next = job.nextRun(from.toJSDate()); next < to.toJSDate(); next = job.nextRun(next)) {
    found.croner.push(clock(next.toISOString()));
  }
  for (const [name, times] of Object.entries(found)) console.log(`${name}: ${times.join(' and ')}`);
}
JS
node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
cron: 2026-10-24 03:00 +02:00
croner: 2026-10-24 03:00 +02:00
cron: 2026-10-25 02:00 +01:00 and 2026-10-25 03:00 +01:00
croner: 2026-10-25 03:00 +01:00
cron: 2026-10-26 03:00 +01:00
croner: 2026-10-26 03:00 +01:00
SEEN
