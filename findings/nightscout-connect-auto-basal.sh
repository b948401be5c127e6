#!/usr/bin/env bash
# npm nightscout-connect 0.0.12, source CareLink (MiniMed)
# Expected: the markers of automated basal insulin (SmartGuard, one every 5 minutes) become basal treatments or are left out.
# Seen:     every marker that is no meal and no fingerstick becomes a "Correction Bolus" of 0 U: basal doses lose their
#           amount, and a suspension for low glucose is a correction bolus too.
# Matters:  up to 288 false corrections a day in Nightscout's reports and in whatever counts boluses, and no basal at all.
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
const marker = (index, type, more) => ({ type, kind: 'Marker', index, ...more,
  dateTime: `2026-06-01T09:${String(index * 5).padStart(2, '0')}:00.000-00:00` });
const markers = [
  marker(0, 'AUTO_BASAL_DELIVERY', { bolusAmount: 0.075 }),
  marker(1, 'AUTO_BASAL_DELIVERY', { bolusAmount: 0.1 }),
  marker(2, 'LOW_GLUCOSE_SUSPENDED', { deliverySuspended: true }),
  marker(3, 'CALIBRATION', { value: 110 }),
];
const { treatments } = source.transformPayload({ medicalDeviceFamily: 'NGP', sgs: [], markers,
  lastConduitDateTime: '2026-06-01T20:00:00.000-04:00' }, null);
treatments.forEach((t, i) => print(`${markers[i].type} ${markers[i].bolusAmount ?? ''} -> ${t.eventType}, insulin ${t.insulin}`));
JS
TZ=UTC node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
AUTO_BASAL_DELIVERY 0.075 -> Correction Bolus, insulin 0
AUTO_BASAL_DELIVERY 0.1 -> Correction Bolus, insulin 0
LOW_GLUCOSE_SUSPENDED  -> Correction Bolus, insulin 0
CALIBRATION  -> BG CHECK, insulin undefined
SEEN
