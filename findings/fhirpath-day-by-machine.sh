#!/usr/bin/env bash
# npm fhirpath 5.2.2
# Expected: a time with an offset plus 1 day is the same time of day at the same offset, a day later. No other zone has
#           a say: 12:00+02:00 becomes the next 12:00+02:00, and a time without offset has none afterwards either.
# Seen:     the sum is made on the clock of the computer. Where the clocks change that night, the day has 25 or 23
#           hours: the same expression on the same resource is true in Sydney and false in Berlin. 02:30 without offset
#           becomes 03:30 in Berlin, and gets an offset that nobody gave.
# Matters:  "within a day of the bolus" and 24-hour totals: once a year an hour too many, once one too few. Add 24 hours
#           instead of 1 day.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . fhirpath@5.2.2

cat > probe.js <<'JS'
const fhirpath = require('fhirpath');
const r4 = require('fhirpath/fhir-context/r4');
const observation = { resourceType: 'Observation', status: 'final', code: { text: 'made up' }, effectiveDateTime: '2026-10-24T12:00:00+02:00' };
const ask = expression => fhirpath.evaluate(observation, expression, null, r4).map(String).join() || 'nothing';
const utc = expression => new Date(ask(expression)).toISOString();
console.log(`${process.env.TZ}: + 1 day ${utc('Observation.effective + 1 day')}, + 24 hours ${utc('Observation.effective + 24 hours')}, ` +
  `is it 12:00+02:00? ${ask('Observation.effective + 1 day = @2026-10-25T12:00:00+02:00')}, ` +
  `02:30 without offset + 1 day ${ask('@2026-03-28T02:30:00 + 1 day')}`);
JS
for zone in UTC Australia/Sydney Europe/Berlin; do TZ=$zone node probe.js; done | tee seen.txt

diff - seen.txt <<'SEEN'
UTC: + 1 day 2026-10-25T10:00:00.000Z, + 24 hours 2026-10-25T10:00:00.000Z, is it 12:00+02:00? true, 02:30 without offset + 1 day 2026-03-29T02:30:00-00:00
Australia/Sydney: + 1 day 2026-10-25T10:00:00.000Z, + 24 hours 2026-10-25T10:00:00.000Z, is it 12:00+02:00? true, 02:30 without offset + 1 day 2026-03-29T02:30:00+11:00
Europe/Berlin: + 1 day 2026-10-25T11:00:00.000Z, + 24 hours 2026-10-25T10:00:00.000Z, is it 12:00+02:00? false, 02:30 without offset + 1 day 2026-03-29T03:30:00+02:00
SEEN
