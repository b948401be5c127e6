#!/usr/bin/env bash
# npm oref0 0.7.1, lib/determine-basal/autosens: how sensitive the body is compared with the settings, from a day of data
# Expected: the same day of glucose gives the same ratio, sampled every 5 minutes or every minute. Autotune of the same
#           package does keep one-minute data apart in buckets of 2 minutes.
# Seen:     autosens compares each reading with its neighbour, not with the first of the bucket, so one-minute data
#           is a single bucket: no deviation is left and the ratio is 1, whatever happened.
# Matters:  one-minute sensors: resistance and sensitivity are never detected, and nothing says so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . oref0@0.7.1

cat > probe.js <<'JS'
const detect = require('oref0/lib/determine-basal/autosens');
process.stderr.write = () => true;
const start = Date.parse('2026-06-01T00:00:00Z');
// Without any insulin event glucose climbs 2 mg/dL in 5 minutes nearly all day and falls back three times.
const glucoseAt = minute => Math.round(100 + (minute % 500) * 0.4);
for (const every of [5, 1]) {
  const readings = [];
  for (let minute = 1440; minute >= 0; minute -= every) {
    const time = new Date(start + minute * 60000);
    readings.push({ sgv: glucoseAt(minute), date: time.getTime(), dateString: time.toISOString(), device: 'sensor' });
  }
  const basalprofile = [{ i: 0, start: '00:00:00', minutes: 0, rate: 0.8 }];
  const profile = {
    dia: 5, curve: 'rapid-acting', sens: 50, carb_ratio: 10, current_basal: 0.8, max_daily_basal: 0.8,
    autosens_min: 0.7, autosens_max: 1.2, min_5m_carbimpact: 8, basalprofile,
    isfProfile: { sensitivities: [{ offset: 0, sensitivity: 50 }] },
  };
  const found = detect({
    glucose_data: readings, basalprofile, carbs: [], temptargets: [], retrospective: true,
    iob_inputs: { history: [], profile, clock: new Date(start + 86400000).toISOString() },
  });
  console.log(`every ${every} min: ratio ${found.ratio}, ISF ${found.newisf}`);
}
JS
TZ=UTC node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
every 5 min: ratio 1.2, ISF 42
every 1 min: ratio 1, ISF 50
SEEN
