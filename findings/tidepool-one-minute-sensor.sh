#!/usr/bin/env bash
# npm @tidepool/viz 1.60.0, DataUtil and its statistics
# Expected: a day of one-minute readings has the statistics of the same day in 5-minute readings, only finer.
# Seen:     readings that state their interval (sampleInterval 60000) count for nothing: no time in range, no mean, sensor
#           use 0. Without it every reading stands for 5 minutes and four of five are dropped as overlaps: 2 minutes
#           in 10 below 70 mg/dL (4.8 hours a day) become 12 hours, no better than a 5-minute sensor.
# Matters:  Libre 3 and other one-minute data in Tidepool's model: ask with cgmSampleIntervalRange, or thin by averaging.
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
const day = ['2026-06-01T00:00:00.000Z', '2026-06-02T00:00:00.000Z'];
const bgBounds = { veryHighThreshold: 250, targetUpperBound: 180, targetLowerBound: 70, veryLowThreshold: 54,
  extremeHighThreshold: 350, clampThreshold: 600 };
for (const [every, stated] of [[5, true], [1, true], [1, false]]) {
  const data = [];
  for (let minute = 0; minute < 1440; minute += every) {
    data.push({ type: 'cbg', id: `m${minute}`, deviceId: 'sensor', uploadId: 'upload', units: 'mmol/L',
      time: new Date(Date.parse(day[0]) + minute * 60000).toISOString(),
      value: (minute % 10 < 2 ? 60 : 120) / 18.01559, ...(stated && { sampleInterval: every * 60000 }) });
  }
  const util = new DataUtil();
  util.addData(data, 'person');
  const { timeInRange, averageGlucose, sensorUsage } = util.query({ bgSource: 'cbg', endpoints: day, types: { cbg: {} },
    bgPrefs: { bgUnits: 'mg/dL', bgBounds }, timePrefs: { timezoneAware: true, timezoneName: 'UTC' },
    stats: ['timeInRange', 'averageGlucose', 'sensorUsage'] }).data.current.stats;
  console.log(`every ${every} min, interval ${stated ? 'stated' : 'not stated'}: ${averageGlucose.total} of ${data.length} readings, ` +
    `mean ${averageGlucose.averageGlucose.toFixed(0)}, below 70 ${timeInRange.durations.low / 3600000} h, ` +
    `sensor ${sensorUsage.sensorUsage / 3600000} h`);
}
JS
npx esbuild probe.js --bundle --platform=node --outfile=bundle.js --log-level=error
node bundle.js 2>/dev/null | tee seen.txt

diff - seen.txt <<'SEEN'
every 5 min, interval stated: 288 of 288 readings, mean 90, below 70 12 h, sensor 24 h
every 1 min, interval stated: 0 of 1440 readings, mean NaN, below 70 0 h, sensor 0 h
every 1 min, interval not stated: 288 of 1440 readings, mean 90, below 70 12 h, sensor 24 h
SEEN
