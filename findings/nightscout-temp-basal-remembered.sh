#!/usr/bin/env bash
# npm nightscout 0.12.8 (the one on npm), lib/profilefunctions: the temporary basal rate at a time
# Expected: the answer follows from the profile and the treatments that were given, whatever was asked before.
# Seen:     the last temporary rate found is kept in a variable of the module. It answers for every time in its span,
#           also after the treatment was deleted or replaced, and also for another profile with other treatments. Its
#           span includes its end: where two rates meet, the answer depends on which one was asked for before.
# Matters:  basal charts and totals over several people, periods or corrected treatments in one process; back-to-back
#           rates of 5 minutes, as automated pumps write them. No call clears the variable; use a process for each run.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps --omit=optional --prefix . nightscout@0.12.8

cat > probe.js <<'JS'
const profileOf = require('nightscout/lib/profilefunctions');
const minute = 60000;
const person = (basal, temporary) => {
  const profile = profileOf([{ defaultProfile: 'Default', startDate: '2026-01-01T00:00:00Z',
    store: { Default: { timezone: 'UTC', units: 'mg/dL', basal: [{ time: '00:00', value: basal }] } } }]);
  profile.updateTreatments([], temporary, []);
  return profile;
};
const noon = Date.parse('2026-06-01T12:00:00Z');
const show = (label, profile, after) => console.log(`${label}: ${profile.getTempBasal(noon + after * minute).tempbasal} U/h`);

const first = person(0.8, [{ mills: noon, duration: 30, absolute: 3 }]);
show('3 U/h for 30 minutes', first, 10);
first.updateTreatments([], [], []);
show('the same after its treatment is deleted', first, 10);
show('another person, 0.5 U/h, no treatments', person(0.5, []), 10);

const later = noon + 120 * minute;
const rates = [{ mills: later, duration: 5, absolute: 2 }, { mills: later + 5 * minute, duration: 5, absolute: 0 }];
const [one, two] = [person(0.8, rates), person(0.8, rates)];
one.getTempBasal(later + 1 * minute);
show('2 U/h until 14:05, then 0; at 14:05, asked after 14:01', one, 125);
two.getTempBasal(later + 6 * minute);
show('the same asked after 14:06', two, 125);
JS
node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
3 U/h for 30 minutes: 3 U/h
the same after its treatment is deleted: 3 U/h
another person, 0.5 U/h, no treatments: 3 U/h
2 U/h until 14:05, then 0; at 14:05, asked after 14:01: 2 U/h
the same asked after 14:06: 0 U/h
SEEN
