#!/usr/bin/env bash
# npm date-fns-tz 3.2.0 (fromZonedTime) and @date-fns/tz 1.5.0 (TZDate)
# Expected: "02:30 in Berlin" does not depend on where the computer stands.
# Seen:     in the doubled hour it does. fromZonedTime answers 01:30 UTC on a computer in UTC or Berlin and 00:30 UTC in
#           New York; TZDate just the other way round for Berlin and New York.
# Matters:  pump clocks on a server in UTC and on the person's own laptop: one night's readings differ by an hour.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . date-fns@4.1.0 date-fns-tz@3.2.0 @date-fns/tz@1.5.0

cat > probe.js <<'JS'
const { fromZonedTime } = require('date-fns-tz');
const { TZDate } = require('@date-fns/tz');
console.log(`computer in ${process.env.TZ}: ` +
  `fromZonedTime ${fromZonedTime('2026-10-25T02:30:00', 'Europe/Berlin').toISOString()}, ` +
  `TZDate ${new Date(+new TZDate(2026, 9, 25, 2, 30, 'Europe/Berlin')).toISOString()}`);
JS
for zone in UTC Europe/Berlin America/New_York; do TZ=$zone node probe.js; done | tee seen.txt

diff - seen.txt <<'SEEN'
computer in UTC: fromZonedTime 2026-10-25T01:30:00.000Z, TZDate 2026-10-25T01:30:00.000Z
computer in Europe/Berlin: fromZonedTime 2026-10-25T01:30:00.000Z, TZDate 2026-10-25T00:30:00.000Z
computer in America/New_York: fromZonedTime 2026-10-25T00:30:00.000Z, TZDate 2026-10-25T01:30:00.000Z
SEEN
