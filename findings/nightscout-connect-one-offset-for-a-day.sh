#!/usr/bin/env bash
# npm nightscout-connect 0.0.12, source CareLink (MiniMed)
# Expected: the readings of the last 24 hours keep their order and distance when the clocks change in between.
# Seen:     all 24 hours get the offset of the newest contact. At noon after the clocks went back, glucose from before the
#           change is dated an hour late and meets other readings; two readings 65 minutes apart are 5 apart.
# Matters:  the night of the change in Nightscout, twice a year; readings dated before under the old offset come twice.
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
// Clock times as the pump writes them, New York, clocks back at 02:00 on 1 November: 00:55 and 01:00 are the last
// readings shown here of summer time, 01:05 is the second 01:05.
const sgs = [['00:55', '04:55'], ['01:00', '05:00'], ['01:05', '06:05'], ['02:00', '07:00']].map(([clock, utc], i) =>
  ({ sg: 100 + i, kind: 'SG', datetime: `2026-11-01T${clock}:00.000-00:00`, utc }));
const upload = lastConduitDateTime => source.transformPayload({ medicalDeviceFamily: 'NGP', sgs: structuredClone(sgs),
  markers: [], lastSG: sgs.at(-1), lastSGTrend: 'NONE', lastConduitDateTime }, null).entries;
upload('2026-11-01T12:00:00.000-05:00').forEach((entry, i) =>
  print(`${entry.sgv} mg/dL, measured ${sgs[i].utc} UTC -> ${entry.dateString.slice(11, 16)} UTC`));
JS
TZ=UTC node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
100 mg/dL, measured 04:55 UTC -> 05:55 UTC
101 mg/dL, measured 05:00 UTC -> 06:00 UTC
102 mg/dL, measured 06:05 UTC -> 06:05 UTC
103 mg/dL, measured 07:00 UTC -> 07:00 UTC
SEEN
