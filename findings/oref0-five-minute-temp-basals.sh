#!/usr/bin/env bash
# npm oref0 0.7.1, lib/iob: insulin on board from temporary basal rates
# Expected: twelve temporary rates of 5 minutes at one rate give the insulin of one temporary rate of 60 minutes.
# Seen:     every record is turned into whole doses of 0.05 U on its own. Up to 0.29 U/h above or below the profile a
#           5-minute record rounds to nothing; from 0.3 U/h on it rounds to a full dose, twice what was delivered.
# Matters:  Control-IQ changes the rate every 5 minutes; autotune and IOB from such an upload (Nightscout Temp Basal,
#           one per change) lose or double it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . oref0@0.7.1

cat > probe.js <<'JS'
const insulinOf = require('oref0/lib/iob/history');
const clock = '2026-06-01T12:00:00Z';
const profile = { dia: 5, curve: 'rapid-acting', current_basal: 0.8,
  basalprofile: [{ i: 0, start: '00:00:00', minutes: 0, rate: 0.8 }] };
const temp = (ago, duration, rate) => {
  const at = new Date(Date.parse(clock) - ago * 60000).toISOString();
  return { eventType: 'Temp Basal', created_at: at, timestamp: at, duration, rate, absolute: rate };
};
const net = history => insulinOf({ clock, history, profile }).reduce((sum, dose) => sum + (dose.insulin || 0), 0).toFixed(2);
for (const rate of [0, 0.55, 1, 1.09, 1.1, 2]) {
  const one = net([temp(60, 60, rate)]);
  const twelve = net(Array.from({ length: 12 }, (_, i) => temp(5 * (i + 1), 5, rate)));
  console.log(`${rate} U/h on a profile of 0.8 for an hour: true ${(rate - 0.8).toFixed(2)}, ` +
    `as 1 x 60 min ${one}, as 12 x 5 min ${twelve}`);
}
JS
TZ=UTC node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
0 U/h on a profile of 0.8 for an hour: true -0.80, as 1 x 60 min -0.80, as 12 x 5 min -0.60
0.55 U/h on a profile of 0.8 for an hour: true -0.25, as 1 x 60 min -0.20, as 12 x 5 min 0.00
1 U/h on a profile of 0.8 for an hour: true 0.20, as 1 x 60 min 0.20, as 12 x 5 min 0.00
1.09 U/h on a profile of 0.8 for an hour: true 0.29, as 1 x 60 min 0.30, as 12 x 5 min 0.00
1.1 U/h on a profile of 0.8 for an hour: true 0.30, as 1 x 60 min 0.30, as 12 x 5 min 0.60
2 U/h on a profile of 0.8 for an hour: true 1.20, as 1 x 60 min 1.20, as 12 x 5 min 1.20
SEEN
