#!/usr/bin/env bash
# npm nightscout-connect 0.0.12, source CareLink (MiniMed)
# Expected: a meal with a dual wave bolus is uploaded with its insulin, a square wave bolus with what it delivered.
# Seen:     only a meal bolus of type FAST keeps its insulin. With a dual wave the meal is uploaded without any insulin and
#           the bolus is left out as "belonging to the meal"; a square wave without a meal becomes 0 U.
# Matters:  Nightscout's IOB and daily totals: here 5.5 U and 4 U are missing, and carbs stand alone.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . nightscout-connect@0.0.12 axios@1.7.9

cat > probe.js <<'JS'
const print = console.log;
console.log = () => {};
const carelink = require('nightscout-connect/lib/sources/minimedcarelink');
const source = carelink({ carelinkRegion: 'us', countryCode: 'us', languageCode: 'en' }, require('axios'));
const bolus = (index, hour, bolusType, fast, extended) => ({ type: 'INSULIN', kind: 'Marker', index, completed: true,
  dateTime: `2026-06-01T${hour}:00:00.000-00:00`, bolusType, effectiveDuration: 120,
  programmedFastAmount: fast, deliveredFastAmount: fast,
  programmedExtendedAmount: extended, deliveredExtendedAmount: extended });
const meal = (index, hour) => ({ type: 'MEAL', kind: 'Marker', index, amount: 60, dateTime: `2026-06-01T${hour}:00:00.000-00:00` });
const markers = [
  meal(1, '08'), bolus(1, '08', 'FAST', 5.5, 0),
  meal(2, '12'), bolus(2, '12', 'DUAL', 3, 2.5),
  bolus(3, '18', 'SQUARE', 0, 4),
];
const { treatments } = source.transformPayload({ medicalDeviceFamily: 'NGP', sgs: [], markers,
  lastConduitDateTime: '2026-06-01T20:00:00.000-04:00' }, null);
for (const { eventType, created_at, carbs, insulin } of treatments) {
  print(`${created_at.slice(11, 16)} ${eventType}: ${carbs ?? 'no'} g, ${insulin ?? 'no'} U`);
}
const given = markers.reduce((sum, m) => sum + (m.deliveredFastAmount ?? 0) + (m.deliveredExtendedAmount ?? 0), 0);
print(`delivered ${given} U, uploaded ${treatments.reduce((sum, t) => sum + (t.insulin ?? 0), 0)} U`);
JS
TZ=UTC node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
08:00 Meal Bolus: 60 g, 5.5 U
12:00 Meal Bolus: 60 g, no U
18:00 Correction Bolus: no g, 0 U
delivered 15 U, uploaded 5.5 U
SEEN
