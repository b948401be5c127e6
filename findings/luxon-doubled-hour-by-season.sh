#!/usr/bin/env bash
# npm luxon 3.7.2, DateTime.fromISO / fromSQL / fromObject with a zone
# Expected: a clock time of the doubled hour in autumn always means the same one of its two instants.
# Seen:     the choice depends on the day that the program runs: the offset of "now" is tried first. The same text is
#           00:30 UTC when read in July and 01:30 UTC when read in January.
# Matters:  importing a pump's clock times: a re-import half a year later moves a night's readings by an hour, and keys made
#           of the instant do not match, so they are stored twice.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . luxon@3.7.2

cat > probe.js <<'JS'
const { DateTime, Settings } = require('luxon');
for (const [zone, text] of [['Europe/Berlin', '2026-10-25T02:30:00'], ['America/New_York', '2026-11-01T01:30:00']]) {
  for (const today of ['2027-01-15', '2027-07-15']) {
    Settings.now = () => Date.parse(today);
    console.log(`${zone} ${text}, read on ${today}: ${DateTime.fromISO(text, { zone }).toUTC().toISO()}`);
  }
}
JS
node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
Europe/Berlin 2026-10-25T02:30:00, read on 2027-01-15: 2026-10-25T01:30:00.000Z
Europe/Berlin 2026-10-25T02:30:00, read on 2027-07-15: 2026-10-25T00:30:00.000Z
America/New_York 2026-11-01T01:30:00, read on 2027-01-15: 2026-11-01T06:30:00.000Z
America/New_York 2026-11-01T01:30:00, read on 2027-07-15: 2026-11-01T05:30:00.000Z
SEEN
