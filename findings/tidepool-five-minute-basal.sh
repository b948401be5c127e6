#!/usr/bin/env bash
# npm @tidepool/viz 1.60.0, utils.basal
# Expected: a day at one rate is 24 times the rate, and lasts 24 hours, however many segments it is recorded in.
# Seen:     getTotalBasalFromEndpoints rounds each segment to 0.001 U before adding: in 5-minute segments 0.1 U/h gives
#           2.3 U a day instead of 2.4 (-4 %), 0.8 U/h 19.3 instead of 19.2. getGroupDurations counts a single segment
#           at both ends: 48 hours of basal in a day.
# Matters:  algorithms that set the rate every 5 minutes (Control-IQ, Loop), small children most; days with one segment.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# viz asks for sundial 1.7.6, which is not served everywhere.
cat > package.json <<'JSON'
{ "private": true, "overrides": { "sundial": "1.7.5" } }
JSON
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps --prefix . @tidepool/viz@1.60.0

cat > probe.js <<'JS'
const { getTotalBasalFromEndpoints, getGroupDurations } = require('@tidepool/viz').utils.basal;
const day = ['2026-06-01T00:00:00.000Z', '2026-06-02T00:00:00.000Z'];
const segments = (count, rate) => Array.from({ length: count }, (_, i) => {
  const duration = 86400000 / count;
  const normalTime = Date.parse(day[0]) + i * duration;
  return { type: 'basal', deliveryType: 'automated', rate, duration, normalTime, normalEnd: normalTime + duration };
});
for (const rate of [0.05, 0.1, 0.35, 0.8]) {
  const [one, many] = [1, 288].map(count => getTotalBasalFromEndpoints(segments(count, rate), day));
  console.log(`${rate} U/h: ${one} U a day in 1 segment, ${many} U in 288`);
}
for (const count of [1, 2, 288]) {
  console.log(`${count} segments: ${getGroupDurations(segments(count, 1), ...day).automated / 3600000} h`);
}
JS
node probe.js 2>/dev/null | tee seen.txt

diff - seen.txt <<'SEEN'
0.05 U/h: 1.2 U a day in 1 segment, 1.152 U in 288
0.1 U/h: 2.4 U a day in 1 segment, 2.304 U in 288
0.35 U/h: 8.4 U a day in 1 segment, 8.352 U in 288
0.8 U/h: 19.2 U a day in 1 segment, 19.296 U in 288
1 segments: 48 h
2 segments: 24 h
288 segments: 24 h
SEEN
