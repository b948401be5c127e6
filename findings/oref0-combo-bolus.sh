#!/usr/bin/env bash
# npm oref0 0.7.1, lib/iob and lib/meal: treatments that come from Nightscout
# Expected: "Combo Bolus", a kind that Nightscout's own form offers, counts with its insulin and its carbs.
# Seen:     its carbs count and its insulin does not. Meal, correction and snack boluses count with both.
# Matters:  autotune and autosens on a Nightscout site whose uploader writes Combo Bolus (tconnectsync does so for every
#           bolus of a Tandem pump): all meals seem to be eaten without insulin.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . oref0@0.7.1

cat > probe.js <<'JS'
const iob = require('oref0/lib/iob');
const meals = require('oref0/lib/meal/history');
const clock = '2026-06-01T12:00:00Z';
const profile = { dia: 5, curve: 'rapid-acting', current_basal: 0.8, max_daily_basal: 0.8,
  basalprofile: [{ i: 0, start: '00:00:00', minutes: 0, rate: 0.8 }] };
for (const eventType of ['Meal Bolus', 'Correction Bolus', 'Snack Bolus', 'Combo Bolus']) {
  const history = () => [{ eventType, created_at: '2026-06-01T11:30:00Z', insulin: 4, carbs: 40, enteredBy: 'Pump' }];
  const onBoard = iob({ clock, history: history(), profile })[0].iob;
  const carbs = meals({ history: history(), carbs: [], profile }).reduce((sum, meal) => sum + meal.carbs, 0);
  console.log(`${eventType}: ${onBoard} U on board, ${carbs} g of carbs`);
}
JS
TZ=UTC node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
Meal Bolus: 3.7 U on board, 40 g of carbs
Correction Bolus: 3.7 U on board, 40 g of carbs
Snack Bolus: 3.7 U on board, 40 g of carbs
Combo Bolus: 0 U on board, 40 g of carbs
SEEN
