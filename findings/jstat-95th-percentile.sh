#!/usr/bin/env bash
# npm jstat 1.9.6, beside npm simple-statistics 7.12.1
# Expected: jStat.percentile, "inclusive" by default, is linear between neighbours like Excel's PERCENTILE.INC. That is the
#           percentile of the ambulatory glucose profile, and what simple-statistics gives.
# Seen:     between the two largest values it does not interpolate: with 14 values (14 days) the 95th percentile is the
#           second largest. The 5th is right, so the band of a profile is lopsided.
# Matters:  the upper edge of a 5-95 % band from two weeks of data: 190 instead of 207.5 mg/dL here.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . jstat@1.9.6 simple-statistics@7.12.1

cat > probe.js <<'JS'
const { jStat } = require('jstat');
const { quantile } = require('simple-statistics');
// Glucose at one time of day on 14 days; PERCENTILE.INC(0.95) = 190 + 0.35 * (240 - 190) = 207.5
const glucose = [48, 61, 66, 72, 80, 95, 101, 110, 118, 126, 140, 155, 190, 240];
for (const p of [0.05, 0.25, 0.5, 0.75, 0.95]) {
  console.log(`${100 * p} %: jStat ${jStat.percentile(glucose, p).toFixed(2)}, simple-statistics ${quantile(glucose, p).toFixed(2)}`);
}
JS
node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
5 %: jStat 56.45, simple-statistics 56.45
25 %: jStat 74.00, simple-statistics 74.00
50 %: jStat 105.50, simple-statistics 105.50
75 %: jStat 136.50, simple-statistics 136.50
95 %: jStat 190.00, simple-statistics 207.50
SEEN
