#!/usr/bin/env bash
# npm sundial 1.7.5 (Tidepool's date functions, part of @tidepool/viz and tideline), moment-timezone 0.6.6
# Expected: a library that pins an old moment-timezone for itself (0.5.43, data 2023c) leaves the program's own alone.
# Seen:     both hang themselves on the one shared moment object. After require('sundial') the program's moment.tz has the data
#           of 2023 too: Vancouver and Winnipeg get back the winter offset that they gave up in 2026, Almaty the one of before 2024.
# Matters:  a report server that dates pump data itself and draws with Tidepool's library: the same code gives other times
#           depending on which module was loaded.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . moment-timezone@0.6.6 sundial@1.7.5

cat > probe.js <<'JS'
const moment = require('moment-timezone');
const show = when => console.log(`${when}: data ${moment.tz.dataVersion}; 15 December 2026 12:00 UTC is ` +
  ['America/Vancouver', 'America/Winnipeg', 'Asia/Almaty'].map(zone =>
    `${moment.tz('2026-12-15T12:00:00Z', zone).format('HH:mm')} in ${zone}`).join(', '));
show('before sundial');
require('sundial');
show('after sundial');
JS
node probe.js 2> warnings.txt | tee seen.txt

diff - seen.txt <<'SEEN'
before sundial: data 2026f; 15 December 2026 12:00 UTC is 05:00 in America/Vancouver, 07:00 in America/Winnipeg, 17:00 in Asia/Almaty
after sundial: data 2023c; 15 December 2026 12:00 UTC is 04:00 in America/Vancouver, 06:00 in America/Winnipeg, 18:00 in Asia/Almaty
SEEN
