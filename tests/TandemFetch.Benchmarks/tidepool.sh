#!/usr/bin/env bash
# How long the data part of @tidepool/viz takes for the statistics of five years of glucose (525,600 readings), beside
# the benchmark of all measures of Measure-TandemGlucose, which computes more. Both run in turn, three times.
# It needs Node.js with npm and the benchmarks built: dotnet build -c Release tests/TandemFetch.Benchmarks
set -euo pipefail
cd "$(dirname "$0")"

command -v node > /dev/null && command -v npm > /dev/null || { echo "It needs Node.js 20 or later with npm." >&2; exit 2; }
benchmarks=$PWD/bin/Release/net10.0/TandemFetch.Benchmarks.dll
[ -f "$benchmarks" ] || { echo "Build the benchmarks first: dotnet build -c Release tests/TandemFetch.Benchmarks" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
page=$work/page.md
printf '<!-- analysis -->\n<!-- /analysis -->\n' > "$page"
folder=${1:-$work}
cd "$work"
# viz asks for sundial 1.7.6, which is not served everywhere.
echo '{ "private": true, "overrides": { "sundial": "1.7.5" } }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @tidepool/viz@1.60.0 esbuild@0.25.12

cat > measure.js <<'JS'
const { DataUtil } = require('@tidepool/viz/dist/data.js');
const [minutes, readings] = [5, 5 * 365 * 288];
const start = Date.parse('2021-06-01T00:00:00.000Z');
const data = [];
for (let index = 0; index < readings; index++) {
  // A wave over the day with some noise, 60 to 280 mg/dL.
  const glucose = 170 + (80 * Math.sin((index * 2 * Math.PI) / 288)) + (((index * 7919) % 61) - 30);
  data.push({ type: 'cbg', id: `r${index}`, deviceId: 'sensor', uploadId: 'upload', units: 'mmol/L',
    time: new Date(start + (index * minutes * 60000)).toISOString(), value: glucose / 18.01559, sampleInterval: minutes * 60000 });
}
const util = new DataUtil();
const adding = performance.now();
util.addData(data, 'person');
const added = performance.now() - adding;
const request = {
  bgSource: 'cbg', endpoints: [new Date(start).toISOString(), new Date(start + (readings * minutes * 60000)).toISOString()],
  types: { cbg: {} }, timePrefs: { timezoneAware: true, timezoneName: 'UTC' },
  bgPrefs: { bgUnits: 'mg/dL', bgBounds: { veryHighThreshold: 250, targetUpperBound: 180, targetLowerBound: 70,
    veryLowThreshold: 54, extremeHighThreshold: 350, clampThreshold: 600 } },
  stats: ['timeInRange', 'averageGlucose', 'sensorUsage', 'glucoseManagementIndicator', 'standardDev', 'coefficientOfVariation', 'bgExtents'],
};
util.query(request);
const asking = performance.now();
const { averageGlucose } = util.query(request).data.current.stats;
console.log(`${Math.round(performance.now() - asking)} ms for the statistics of ${averageGlucose.total} readings, `
  + `${Math.round(added)} ms to add them`);
JS
npx esbuild measure.js --bundle --platform=node --outfile=bundle.js --log-level=error
for run in 1 2 3; do
    echo "@tidepool/viz: $(node --max-old-space-size=8000 bundle.js 2> /dev/null)"
    echo "TandemFetch: $(dotnet "$benchmarks" analysis --runs 5 --work "$folder" --output "$page" | grep 'all measures')"
done
