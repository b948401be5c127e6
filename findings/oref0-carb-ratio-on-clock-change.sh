#!/usr/bin/env bash
# npm oref0 0.7.1, lib/profile: the settings of a profile at one moment
# Expected: basal rate, ISF and carb ratio that all change at 07:00 change together, on every day.
# Seen:     carb ratios (and targets) count minutes from midnight in elapsed time, the others read the clock. On the day
#           that the clocks go forward the carb ratio changes at 08:00, when they go back at 06:00.
# Matters:  breakfast on the two days of the year; a check of pump settings against delivered boluses.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . oref0@0.7.1

cat > probe.js <<'JS'
const RealDate = Date;
let now = 0; // the carb ratio takes no time as an argument, so the clock is set for it
global.Date = class extends RealDate { constructor(...args) { args.length ? super(...args) : super(now); } };
const { carbRatioLookup } = require('oref0/lib/profile/carbs');
const { basalLookup } = require('oref0/lib/profile/basal');
const { isfLookup } = require('oref0/lib/profile/isf');
const carbratio = { units: 'grams', schedule: [{ offset: 0, ratio: 15 }, { offset: 420, ratio: 8 }] };
const basal = [{ i: 0, minutes: 0, rate: 0.6 }, { i: 1, minutes: 420, rate: 1.1 }];
for (const day of ['2026-03-08', '2026-03-09', '2026-11-01', '2026-11-02']) {
  for (const clock of ['06:30', '07:30']) {
    const time = new RealDate(`${day}T${clock}:00`);
    now = time.getTime();
    const isf = { sensitivities: [{ offset: 0, sensitivity: 60 }, { offset: 420, sensitivity: 40 }] };
    console.log(`${day} ${clock}: basal ${basalLookup(basal, time)}, ISF ${isfLookup(isf, time)[0]}, ` +
      `carb ratio ${carbRatioLookup({}, { carbratio })}`);
  }
}
JS
TZ=America/Los_Angeles node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
2026-03-08 06:30: basal 0.6, ISF 60, carb ratio 15
2026-03-08 07:30: basal 1.1, ISF 40, carb ratio 15
2026-03-09 06:30: basal 0.6, ISF 60, carb ratio 15
2026-03-09 07:30: basal 1.1, ISF 40, carb ratio 8
2026-11-01 06:30: basal 0.6, ISF 60, carb ratio 8
2026-11-01 07:30: basal 1.1, ISF 40, carb ratio 8
2026-11-02 06:30: basal 0.6, ISF 60, carb ratio 15
2026-11-02 07:30: basal 1.1, ISF 40, carb ratio 8
SEEN
