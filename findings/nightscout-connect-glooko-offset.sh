#!/usr/bin/env bash
# npm nightscout-connect 0.0.12, source Glooko
# Expected: each record brings its own offset (pumpTimestampUtcOffset) and is uploaded at its true time all year.
# Seen:     the record's offset is not read; one number of whole or half hours from the configuration is taken off.
#           Boluses of the other half of the year are an hour off.
# Matters:  pumps that report through Glooko (Omnipod 5 among them) in every zone with summer time; the person has to
#           change the setting by hand twice a year, and history loaded across the change cannot be right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . nightscout-connect@0.0.12 axios@1.7.9

cat > probe.js <<'JS'
const print = console.log;
console.log = () => {};
const glooko = require('nightscout-connect/lib/sources/glooko');
const { config } = glooko.validate({ glookoEnv: 'eu', glookoTimezoneOffset: 1, glookoEmail: 'a', glookoPassword: 'b' });
const normalBoluses = [['2026-01-15T12:00:00.000Z', '+01:00'], ['2026-07-15T12:00:00.000Z', '+02:00']].map(
  ([pumpTimestamp, pumpTimestampUtcOffset]) => ({ pumpTimestamp, pumpTimestampUtcOffset, insulinDelivered: 2, carbsInput: 20 }));
const { treatments } = glooko(config, require('axios')).transformData({ normalBoluses, scheduledBasals: [] });
treatments.forEach((treatment, i) => {
  const { pumpTimestamp, pumpTimestampUtcOffset } = normalBoluses[i];
  const truth = new Date(pumpTimestamp.replace('Z', pumpTimestampUtcOffset)).toISOString();
  print(`pump ${pumpTimestamp.slice(0, 16)} ${pumpTimestampUtcOffset}: true ${truth}, uploaded ${treatment.eventTime}`);
});
JS
TZ=UTC node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
pump 2026-01-15T12:00 +01:00: true 2026-01-15T11:00:00.000Z, uploaded 2026-01-15T11:00:00.000Z
pump 2026-07-15T12:00 +02:00: true 2026-07-15T10:00:00.000Z, uploaded 2026-07-15T11:00:00.000Z
SEEN
