#!/usr/bin/env bash
# npm oref0 0.7.1, lib/glucose-get-last: the reading and the 5-minute change that the loop and its reports start from
# Expected: a sensor that reports every minute gives the same answer as one that reports every 5 minutes,
#           since only readings of "the last 2.5 minutes" are averaged into the current one.
# Seen:     each averaged reading also moves the current time halfway back, so the next one is again "2 minutes ago".
#           The whole series is swallowed: 200 mg/dL and +15 per 5 minutes become 68 mg/dL, 44 minutes ago, change 0.
# Matters:  one-minute sensors (FreeStyle Libre 3) fed to oref0 or to a port of this function.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . oref0@0.7.1

cat > probe.js <<'JS'
const lastGlucose = require('oref0/lib/glucose-get-last');
const now = Date.parse('2026-06-01T12:00:00Z');
// One steady rise of 3 mg/dL a minute to 200 mg/dL, newest reading first, sampled in two ways.
for (const every of [5, 1]) {
  const readings = [];
  for (let ago = 0; ago <= 45; ago += every) {
    readings.push({ sgv: 200 - 3 * ago, date: now - ago * 60000, device: 'sensor' });
  }
  const { glucose, delta, short_avgdelta, date } = lastGlucose(readings);
  console.log(`every ${every} min: glucose ${glucose}, delta ${delta}, short average ${short_avgdelta}, ` +
    `${(now - date) / 60000} min old`);
}
JS
node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
every 5 min: glucose 200, delta 15, short average 15, 0 min old
every 1 min: glucose 68, delta 0, short average 0, 44 min old
SEEN
