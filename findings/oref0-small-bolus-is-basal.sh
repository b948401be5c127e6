#!/usr/bin/env bash
# npm oref0 0.7.1, lib/iob/total: insulin on board split into bolus and basal
# Expected: a bolus is a bolus, whatever its size.
# Seen:     a dose under 0.1 U is taken for a slice of basal. Ten boluses of 0.09 U count 0.9 U as basal, of 0.1 U 1 U
#           as bolus. The sum is right.
# Matters:  pumps whose smallest bolus is 0.05 U (Tandem, Omnipod), children and automated micro-boluses: bolus IOB 0.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . oref0@0.7.1

cat > probe.js <<'JS'
const iob = require('oref0/lib/iob');
const clock = '2026-06-01T12:00:00Z';
const profile = { dia: 5, curve: 'rapid-acting', current_basal: 0.8, max_daily_basal: 0.8,
  basalprofile: [{ i: 0, start: '00:00:00', minutes: 0, rate: 0.8 }] };
for (const insulin of [0.05, 0.09, 0.1]) {
  const history = Array.from({ length: 10 }, (_, i) => ({ eventType: 'Correction Bolus', insulin,
    created_at: new Date(Date.parse(clock) - (i + 1) * 60000).toISOString() }));
  const { bolusinsulin, netbasalinsulin } = iob({ clock, history, profile })[0];
  console.log(`10 x ${insulin} U: ${bolusinsulin} U as bolus, ${netbasalinsulin} U as basal`);
}
JS
TZ=UTC node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
10 x 0.05 U: 0 U as bolus, 0.5 U as basal
10 x 0.09 U: 0 U as bolus, 0.9 U as basal
10 x 0.1 U: 1 U as bolus, 0 U as basal
SEEN
