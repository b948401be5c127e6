#!/usr/bin/env bash
# npm nightscout-connect 0.0.12, source LibreLinkUp
# Expected: LibreLinkUp's FactoryTimestamp is UTC, so an hour of readings arrives in Nightscout as it was measured,
#           wherever the server stands.
# Seen:     the text is read as local time of the server and the server's offset is taken off again. In the night that the
#           server's clock skips 02:00 to 03:00, readings of 02:xx UTC land on 03:xx UTC, on top of those measured then.
# Matters:  Nightscout keeps one reading per instant: one hour of glucose vanishes and the next is a mixture, on every
#           server whose TZ is a zone with summer time.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . nightscout-connect@0.0.12

cat > probe.js <<'JS'
const print = console.log;
console.log = () => {};
const libre = require('nightscout-connect/lib/sources/librelinkup');
const noNetwork = { create: () => ({}) };
const graphData = ['1:57', '2:12', '2:27', '2:57', '3:12', '3:27', '3:57', '4:12'].map((clock, i) =>
  ({ FactoryTimestamp: `3/8/2026 ${clock}:00 AM`, ValueInMgPerDl: 100 + i, type: 0 }));
const { entries } = libre({ linkUpRegion: 'EU' }, noNetwork)
  .transformGlucose({ status: 0, data: { graphData } }, { entries: new Date('2026-03-07T00:00:00Z') });
entries.forEach((entry, i) => print(`${graphData[i].FactoryTimestamp} UTC, ${entry.sgv} mg/dL -> ${entry.dateString}`));
print(`${entries.length} readings, ${new Set(entries.map(entry => entry.date)).size} instants`);
JS
TZ=America/Vancouver node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
3/8/2026 1:57:00 AM UTC, 100 mg/dL -> 2026-03-08T01:57:00.000Z
3/8/2026 2:12:00 AM UTC, 101 mg/dL -> 2026-03-08T03:12:00.000Z
3/8/2026 2:27:00 AM UTC, 102 mg/dL -> 2026-03-08T03:27:00.000Z
3/8/2026 2:57:00 AM UTC, 103 mg/dL -> 2026-03-08T03:57:00.000Z
3/8/2026 3:12:00 AM UTC, 104 mg/dL -> 2026-03-08T03:12:00.000Z
3/8/2026 3:27:00 AM UTC, 105 mg/dL -> 2026-03-08T03:27:00.000Z
3/8/2026 3:57:00 AM UTC, 106 mg/dL -> 2026-03-08T03:57:00.000Z
3/8/2026 4:12:00 AM UTC, 107 mg/dL -> 2026-03-08T04:12:00.000Z
8 readings, 5 instants
SEEN
