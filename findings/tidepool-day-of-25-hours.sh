#!/usr/bin/env bash
# npm @tidepool/viz 1.60.0, DataUtil, statistic sensorUsage
# Expected: a sensor that missed nothing was in use 100 % of any day.
# Seen:     the time worn is measured, but the day always has 24 hours: 104.2 % on the day that the clocks go back,
#           95.8 % on the day that they go forward. Two weeks with the change are 100.3 %.
# Matters:  the two nights of the year, and rules such as "at least 70 % of 14 days" at their edge.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# viz asks for sundial 1.7.6, which is not served everywhere.
cat > package.json <<'JSON'
{ "private": true, "overrides": { "sundial": "1.7.5" } }
JSON
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps --prefix . @tidepool/viz@1.60.0 esbuild@0.25.12

cat > probe.js <<'JS'
const { DataUtil } = require('@tidepool/viz/dist/data.js');
const bgBounds = { veryHighThreshold: 250, targetUpperBound: 180, targetLowerBound: 70, veryLowThreshold: 54,
  extremeHighThreshold: 350, clampThreshold: 600 };
const windows = {
  'a day': ['2026-06-01T00:00+02:00', '2026-06-02T00:00+02:00'],
  'clocks forward': ['2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00'],
  'clocks back': ['2026-10-25T00:00+02:00', '2026-10-26T00:00+01:00'],
  '14 days, clocks back': ['2026-10-19T00:00+02:00', '2026-11-02T00:00+01:00'],
};
for (const [name, bounds] of Object.entries(windows)) {
  const [start, end] = bounds.map(Date.parse);
  const data = [];
  for (let time = start; time < end; time += 300000) {
    data.push({ type: 'cbg', id: `t${time}`, deviceId: 'sensor', uploadId: 'upload', units: 'mmol/L', value: 6,
      time: new Date(time).toISOString(), sampleInterval: 300000 });
  }
  const util = new DataUtil();
  util.addData(data, 'person');
  const { sensorUsage, total } = util.query({ bgSource: 'cbg', endpoints: [start, end].map(t => new Date(t).toISOString()),
    bgPrefs: { bgUnits: 'mg/dL', bgBounds }, timePrefs: { timezoneAware: true, timezoneName: 'Europe/Berlin' },
    types: { cbg: {} }, stats: ['sensorUsage'] }).data.current.stats.sensorUsage;
  console.log(`${name}: ${data.length} of ${data.length} readings, used ${sensorUsage / 3600000} of ${total / 3600000} h, ` +
    `${(100 * sensorUsage / total).toFixed(1)} %`);
}
JS
npx esbuild probe.js --bundle --platform=node --outfile=bundle.js --log-level=error
node bundle.js 2>/dev/null | tee seen.txt

diff - seen.txt <<'SEEN'
a day: 288 of 288 readings, used 24 of 24 h, 100.0 %
clocks forward: 276 of 276 readings, used 23 of 24 h, 95.8 %
clocks back: 300 of 300 readings, used 25 of 24 h, 104.2 %
14 days, clocks back: 4044 of 4044 readings, used 337 of 336 h, 100.3 %
SEEN
