#!/usr/bin/env bash
# npm minimed-connect-to-nightscout 1.5.8
# Expected: readings of a pump in any time zone arrive at their true time; the offset comes from CareLink's own pair of
#           pump time and server time.
# Seen:     the offset is rounded to whole hours. In Newfoundland, India and South Australia all of it is half an hour
#           early, in Nepal a quarter.
# Matters:  glucose and the pump's clock status in Nightscout; boluses from another source lie 30 minutes off the curve.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . minimed-connect-to-nightscout@1.5.8

cat > probe.js <<'JS'
const print = console.log;
console.log = () => {};
const transform = require('minimed-connect-to-nightscout/transform');
const now = Date.parse('2026-07-01T15:00:00Z');
const zones = { 'America/Toronto': -4, 'America/St_Johns': -2.5, 'Asia/Kolkata': 5.5, 'Australia/Adelaide': 9.5, 'Asia/Kathmandu': 5.75 };
for (const [zone, hours] of Object.entries(zones)) {
  const wall = new Date(now + hours * 3600000).toUTCString(); // Wed, 01 Jul 2026 12:30:00 GMT
  const pumpTime = `${wall.slice(8, 11)} ${wall.slice(5, 7)}, ${wall.slice(12, 16)} ${wall.slice(17, 25)}`;
  const { entries } = transform({ medicalDeviceFamily: 'PARADIGM', sMedicalDeviceTime: pumpTime, lastSGTrend: 'NONE',
    currentServerTime: now, lastMedicalDeviceDataUpdateServerTime: now, sgs: [{ kind: 'SG', sg: 120, datetime: pumpTime }] });
  print(`${zone}, pump shows ${pumpTime.slice(-8)}: uploaded as ${entries[0].dateString}, true 2026-07-01T15:00:00.000Z`);
}
JS
TZ=UTC node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
America/Toronto, pump shows 11:00:00: uploaded as 2026-07-01T15:00:00.000Z, true 2026-07-01T15:00:00.000Z
America/St_Johns, pump shows 12:30:00: uploaded as 2026-07-01T14:30:00.000Z, true 2026-07-01T15:00:00.000Z
Asia/Kolkata, pump shows 20:30:00: uploaded as 2026-07-01T14:30:00.000Z, true 2026-07-01T15:00:00.000Z
Australia/Adelaide, pump shows 00:30:00: uploaded as 2026-07-01T14:30:00.000Z, true 2026-07-01T15:00:00.000Z
Asia/Kathmandu, pump shows 20:45:00: uploaded as 2026-07-01T14:45:00.000Z, true 2026-07-01T15:00:00.000Z
SEEN
