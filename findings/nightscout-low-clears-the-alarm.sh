#!/usr/bin/env bash
# npm nightscout 0.12.8 (the one on npm), plugins simplealarms and bgnow, lib/notifications
# Expected: 39 mg/dL stands for "below 40"; Nightscout itself shows it as LOW. With the default threshold of 55 it is an
#           urgent low like 45 before it, with a change of -6.
# Seen:     readings are taken for glucose above 39 and for error codes below 39; 39 is neither. There is no alarm, the
#           latest value and the change are missing, and since no alarm is left, that of 45 is answered by "All Clear".
# Matters:  whoever follows a Dexcom sensor by these alarms, at the lowest reading there is. An uploader that sends 40
#           for LOW sets the alarm off.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps --omit=optional --prefix . nightscout@0.12.8

cat > probe.js <<'JS'
console.info = () => {}; // the library's own diary
const lib = name => require(`nightscout/lib/${name}`);
const settings = lib('settings')();
const now = Date.now();
for (const lowest of [40, 39]) {
  const said = [];
  const ctx = { settings, levels: lib('levels'), language: lib('language')(), ddata: lib('data/ddata')(),
    bus: { emit: (name, { title }) => said.push(title) } };
  ctx.notifications = lib('notifications')({ settings }, ctx);
  const readings = [65, 55, 45, lowest].map((mgdl, i) => ({ mgdl, mills: now + (i - 3) * 300000, device: 'dexcom' }));
  for (const count of [3, 4]) {
    ctx.ddata.sgvs = readings.slice(0, count);
    ctx.ddata.lastUpdated = now;
    const sbx = lib('sandbox')().serverInit({ settings }, ctx);
    const latest = sbx.lastSGVEntry();
    said.length = 0;
    ctx.notifications.initRequests();
    lib('plugins/bgnow')(ctx).setProperties(sbx);
    lib('plugins/simplealarms')().checkNotifications(sbx);
    ctx.notifications.process();
    const { bgnow, delta } = sbx.properties;
    console.log(`${latest.mgdl} (shown as ${sbx.displayBg(latest)}): ${said}, latest ${bgnow.last}, change ${delta && delta.display}`);
  }
}
JS
node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
45 (shown as 45): Urgent LOW, latest 45, change -10
40 (shown as 40): Urgent LOW, latest 40, change -5
45 (shown as 45): Urgent LOW, latest 45, change -10
39 (shown as LOW): All Clear, latest undefined, change undefined
SEEN
