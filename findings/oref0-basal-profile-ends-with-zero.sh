#!/usr/bin/env bash
# npm oref0 0.7.1, lib/profile/basal and lib/iob: a basal profile with a segment of 0 U/h
# Expected: a zero segment is a rate like any other, wherever it stands in the day.
# Seen:     as the last segment of the day it makes every look-up undefined, at noon too, and all temporary rates drop
#           out of the insulin on board. As the first segment it does no harm.
# Matters:  profiles of people who need no basal late in the evening (the pump allows 0 U/h), small children above all.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . oref0@0.7.1

cat > probe.js <<'JS'
const { basalLookup } = require('oref0/lib/profile/basal');
const iob = require('oref0/lib/iob');
console.error = () => {};
const clock = '2026-06-01T12:00:00Z';
const profiles = {
  'zero first': [{ i: 0, start: '00:00:00', minutes: 0, rate: 0 }, { i: 1, start: '06:00:00', minutes: 360, rate: 0.8 }],
  'zero last': [{ i: 0, start: '00:00:00', minutes: 0, rate: 0.8 }, { i: 1, start: '22:00:00', minutes: 1320, rate: 0 }],
};
for (const [name, basalprofile] of Object.entries(profiles)) {
  const at = '2026-06-01T11:00:00Z';
  const history = [{ eventType: 'Temp Basal', created_at: at, timestamp: at, duration: 60, rate: 2 }];
  const profile = { dia: 5, curve: 'rapid-acting', current_basal: 0.8, max_daily_basal: 0.8, basalprofile };
  console.log(`${name}: rate at 11:00 ${basalLookup(basalprofile, new Date(at))}, ` +
    `on board after an hour of 2 U/h ${iob({ clock, history, profile })[0].iob}`);
}
JS
TZ=UTC node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
zero first: rate at 11:00 0.8, on board after an hour of 2 U/h 1.086
zero last: rate at 11:00 undefined, on board after an hour of 2 U/h 0
SEEN
