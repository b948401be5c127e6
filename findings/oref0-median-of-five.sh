#!/usr/bin/env bash
# npm oref0 0.7.1, lib/percentile, used for autotune's and autosens' medians
# Expected: "linear interpolation between closest ranks", as its comment says: the median of five values is the third.
# Seen:     the rank is n*p instead of (n-1)*p, half a rank too high: the median of five is between the third and the
#           fourth, that of two is the larger one.
# Matters:  every tuned ISF, carb ratio and basal rate leans to the larger deviation, most so with few values an hour.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . oref0@0.7.1

cat > probe.js <<'JS'
const percentile = require('oref0/lib/percentile');
for (const values of [[40, 300], [100, 110, 120], [100, 110, 120, 130, 140], [-4, -2, 0, 2, 4]]) {
  console.log(`median of ${values.join(', ')}: ${percentile(values, 0.5)}`);
}
JS
node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
median of 40, 300: 300
median of 100, 110, 120: 115
median of 100, 110, 120, 130, 140: 125
median of -4, -2, 0, 2, 4: 1
SEEN
