#!/usr/bin/env bash
# npm @lhncbc/ucum-lhc 7.1.10, the library behind FHIR validators and fhirpath.js
# Expected: [iU], UCUM's international unit, converts to itself and to its own multiples and rates; U and u, as pumps print
#           them, are refused or at least flagged.
# Seen:     nothing with [iU] converts, not even to the very same unit. U/h and u/h are valid and convert without a word: as
#           catalytic activity of an enzyme and as atomic mass per hour.
# Matters:  insulin in FHIR: a right rate cannot be put per day, and a wrong code passes validation with another meaning.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @lhncbc/ucum-lhc@7.1.10

cat > probe.js <<'JS'
const ucum = require('@lhncbc/ucum-lhc').UcumLhcUtils.getInstance();
for (const [from, to] of [['[iU]/h', '[iU]/h'], ['[iU]/h', '[iU]/d'], ['m[iU]/L', '[iU]/L'], ['U/h', 'umol/min/h'], ['u/h', 'kg/h']]) {
  const { status, toVal, msg } = ucum.convertUnitTo(from, 1.2, to);
  console.log(`1.2 ${from} in ${to}: ${status === 'succeeded' ? toVal : msg.join(' ')}`);
}
for (const code of ['U/h', 'u/h', '[iU]/h']) {
  const { status, unit, msg } = ucum.validateUnitString(code, true);
  console.log(`${code}: ${status}, ${unit.name}${msg.join(' ')}`);
}
JS
node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
1.2 [iU]/h in [iU]/h: Attempt to convert to arbitrary unit "[iU]/h"
1.2 [iU]/h in [iU]/d: Attempt to convert to arbitrary unit "[iU]/d"
1.2 m[iU]/L in [iU]/L: Attempt to convert to arbitrary unit "[iU]/L"
1.2 U/h in umol/min/h: 1.2
1.2 u/h in kg/h: 1.99264824e-27
U/h: valid, enzyme unit per hour
u/h: valid, [unified atomic mass unit]/hour
[iU]/h: valid, [international unit - arbitrary]/hour
SEEN
