#!/usr/bin/env bash
# npm cron-parser 5.10.5, beside npm croner 11.0.0
# Expected: "*/15 1-3 * * *" runs every quarter of an hour between 01:00 and 04:00, so 16 times in the night that repeats the
#           hour from 02:00, as "*/15 * * * *" does and as croner does for both.
# Seen:     with a range of hours the second pass of the doubled hour is left out, an hour without a run.
# Matters:  polling a glucose source at night only: an hour of silence in the one night when lows are hardest to date.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . cron-parser@5.10.5 croner@11.0.0

cat > probe.js <<'JS'
const { CronExpressionParser } = require('cron-parser');
const { Cron } = require('croner');
const from = new Date('2026-10-24T22:59:59Z'); // 00:59:59 in Berlin
const to = new Date('2026-10-25T03:00:00Z'); // 04:00 in Berlin
const list = times => {
  const count = {};
  times.forEach(t => { const hour = t.toISOString().slice(11, 13); count[`${hour}h`] = (count[`${hour}h`] ?? 0) + 1; });
  return `${times.length} runs, in the hours of UTC ${JSON.stringify(count)}`;
};
for (const expression of ['*/15 * * * *', '*/15 1-3 * * *']) {
  const runs = { 'cron-parser': [], croner: [] };
  const parsed = CronExpressionParser.parse(expression, { currentDate: from, tz: 'Europe/Berlin' });
  for (let next = parsed.next().toDate(); next < to; next = parsed.next().toDate()) runs['cron-parser'].push(next);
  const job = new Cron(expression, { timezone: 'Europe/Berlin', paused: true });
  for (let next = job.nextRun(from); next < to; next = job.nextRun(next)) runs.croner.push(next);
  for (const [name, times] of Object.entries(runs)) console.log(`${expression} ${name}: ${list(times)}`);
}
JS
node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
*/15 * * * * cron-parser: 16 runs, in the hours of UTC {"23h":4,"00h":4,"01h":4,"02h":4}
*/15 * * * * croner: 16 runs, in the hours of UTC {"23h":4,"00h":4,"01h":4,"02h":4}
*/15 1-3 * * * cron-parser: 12 runs, in the hours of UTC {"23h":4,"00h":4,"02h":4}
*/15 1-3 * * * croner: 16 runs, in the hours of UTC {"23h":4,"00h":4,"01h":4,"02h":4}
SEEN
