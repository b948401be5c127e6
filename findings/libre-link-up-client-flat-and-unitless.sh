#!/usr/bin/env bash
# npm @diakem/libre-link-up-api-client 0.6.1
# Expected: a reading without a trend arrow (all history has none) has no trend, and the value comes with its unit.
# Seen:     no arrow means 'Flat', so glucose that falls 3 mg/dL a minute reads as steady throughout. The unit of the
#           account (GlucoseUnits) is dropped: 'value' is 5.6 on one account and 101 on another, as plain numbers.
# Matters:  anything that stores or alarms from read(): trends are invented, and mmol/L values look like severe lows.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @diakem/libre-link-up-api-client@0.6.1

cat > probe.js <<'JS'
const { mapData } = require('@diakem/libre-link-up-api-client/lib/utils');
const show = item => console.log(JSON.stringify(mapData(item)));
const item = { isHigh: false, isLow: false, type: 0 };
for (let i = 0; i < 3; i++) {
  show({ ...item, FactoryTimestamp: `6/1/2026 8:${15 * i + 10}:00 AM`, ValueInMgPerDl: 260 - 45 * i, Value: 260 - 45 * i, GlucoseUnits: 1 });
}
show({ ...item, FactoryTimestamp: '6/1/2026 11:00:00 AM', ValueInMgPerDl: 101, Value: 101, GlucoseUnits: 1, TrendArrow: 3 });
show({ ...item, FactoryTimestamp: '6/1/2026 11:00:00 AM', ValueInMgPerDl: 101, Value: 5.6, GlucoseUnits: 0, TrendArrow: 3 });
JS
node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
{"value":260,"isHigh":false,"isLow":false,"trend":"Flat","date":"2026-06-01T08:10:00.000Z"}
{"value":215,"isHigh":false,"isLow":false,"trend":"Flat","date":"2026-06-01T08:25:00.000Z"}
{"value":170,"isHigh":false,"isLow":false,"trend":"Flat","date":"2026-06-01T08:40:00.000Z"}
{"value":101,"isHigh":false,"isLow":false,"trend":"Flat","date":"2026-06-01T11:00:00.000Z"}
{"value":5.6,"isHigh":false,"isLow":false,"trend":"Flat","date":"2026-06-01T11:00:00.000Z"}
SEEN
