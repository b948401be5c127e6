#!/usr/bin/env bash
# npm nightscout-connect 0.0.12, source CareLink, beside npm minimed-connect-to-nightscout 1.5.8, the older uploader
# Expected: both leave out CareLink's placeholders for "no reading" (sg 0, during warm-up and signal loss).
# Seen:     the older uploader does. nightscout-connect uploads each as an entry with sgv 0.
# Matters:  what reads the entries as numbers counts the warm-up as time below 54 mg/dL and halves the mean.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . \
  nightscout-connect@0.0.12 axios@1.7.9 minimed-connect-to-nightscout@1.5.8

cat > probe.js <<'JS'
const print = console.log;
console.log = () => {};
const newer = require('nightscout-connect/lib/sources/minimedcarelink');
const older = require('minimed-connect-to-nightscout/transform');
const sgs = [0, 0, 110, 120].map((sg, i) => ({ sg, kind: 'SG', version: 1, timeChange: false,
  datetime: `2026-06-01T08:${String(i * 5).padStart(2, '0')}:00.000-00:00` }));
const time = Date.parse('2026-06-01T08:16:00Z');
const data = { medicalDeviceFamily: 'NGP', sgs, markers: [], lastSG: sgs[3], lastSGTrend: 'NONE',
  lastConduitDateTime: '2026-06-01T08:16:00.000-00:00', sMedicalDeviceTime: '2026-06-01T08:16:00.000Z',
  currentServerTime: time, lastMedicalDeviceDataUpdateServerTime: time };
const values = entries => entries.map(entry => entry.sgv).join(', ');
print(`sent by CareLink: ${sgs.map(s => s.sg).join(', ')}`);
print(`nightscout-connect: ${values(newer({ carelinkRegion: 'us', countryCode: 'us' }, require('axios'))
  .transformPayload(structuredClone(data), null).entries)}`);
process.env.MMCONNECT_SERVER = 'EU';
print(`minimed-connect-to-nightscout: ${values(older(structuredClone(data)).entries)}`);
JS
TZ=UTC node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
sent by CareLink: 0, 0, 110, 120
nightscout-connect: 0, 0, 110, 120
minimed-connect-to-nightscout: 110, 120
SEEN
