#!/usr/bin/env bash
# npm nightscout 0.12.8 (the one on npm), what api/v1/treatments.json?find[...] asks the database
# Expected: find[insulin][$gte]=1.5 finds boluses of 1.5 U and more; any number that a treatment has can be asked for.
# Seen:     insulin, carbs and glucose are cut to whole numbers: 1.5 asks for 1, 0.5 for 0, a bolus of exactly 1.25 U
#           for 1 U, glucose below 3.9 mmol/L for below 3. Other numbers (duration, absolute, percent) stay text, and
#           MongoDB compares text with text only: such a query finds nothing.
# Matters:  counting or deleting treatments by amount: more boluses than asked for, lows between 3 and 3.9 missing, no
#           temporary basal rate at all. Ask by time and compare yourself.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps --omit=optional --prefix . nightscout@0.12.8

cat > probe.js <<'JS'
const treatments = require('nightscout/lib/server/treatments')({}, {});
const { parse } = require('qs');
for (const query of ['find[insulin][$gte]=1.5', 'find[insulin][$gte]=0.5', 'find[insulin]=1.25', 'find[glucose][$lt]=3.9',
  'find[duration][$gte]=30', 'find[absolute][$gt]=0.5']) {
  const { created_at, ...asked } = treatments.query_for(parse(query));
  console.log(`${query}: ${JSON.stringify(asked)}`);
}
JS
node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
find[insulin][$gte]=1.5: {"insulin":{"$gte":1}}
find[insulin][$gte]=0.5: {"insulin":{"$gte":0}}
find[insulin]=1.25: {"insulin":1}
find[glucose][$lt]=3.9: {"glucose":{"$lt":3}}
find[duration][$gte]=30: {"duration":{"$gte":"30"}}
find[absolute][$gt]=0.5: {"absolute":{"$gt":"0.5"}}
SEEN
