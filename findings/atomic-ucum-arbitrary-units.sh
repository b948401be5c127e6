#!/usr/bin/env bash
# npm @atomic-ehr/ucum 0.2.5, ucum.convert and ucum.isConvertible
# Expected: an arbitrary unit can be compared with nothing but itself and its multiples (UCUM, "Arbitrary Units"). The
#           library knows them (isArbitraryUnit) and refuses to add one to another.
# Seen:     convert treats every arbitrary unit as the number 1: 5 international units are 500 %, 5 colony-forming units
#           or 5 units of the US pharmacopoeia, and a basal rate of 0.9 [iU]/h is a frequency of 0.00025 Hz.
# Matters:  checking the unit of insulin with isConvertible: percent, counts per hour and bacteria all pass.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @atomic-ehr/ucum@0.2.5

cat > probe.mjs <<'JS'
import { ucum } from '@atomic-ehr/ucum';
for (const [value, from, to] of [[5000, 'm[iU]', '[iU]'], [5, '[iU]', '%'], [5, '[iU]', '[CFU]'], [5, '[iU]', "[USP'U]"], [100, '[iU]/mL', '[CFU]/mL'],
  [0.9, '[iU]/h', 'Hz'], [5, '[iU]', 'g']]) {
  console.log(`${value} ${from} in ${to}: ${ucum.isConvertible(from, to) ? ucum.convert(value, from, to) : 'refused'}`);
}
try {
  ucum.add(ucum.quantity(5, '[iU]'), ucum.quantity(5, '[CFU]'));
  console.log('5 [iU] + 5 [CFU]: added');
} catch {
  console.log('5 [iU] + 5 [CFU]: refused');
}
JS
node probe.mjs | tee seen.txt

diff - seen.txt <<'SEEN'
5000 m[iU] in [iU]: 5
5 [iU] in %: 500
5 [iU] in [CFU]: 5
5 [iU] in [USP'U]: 5
100 [iU]/mL in [CFU]/mL: 100
0.9 [iU]/h in Hz: 0.00025
5 [iU] in g: refused
5 [iU] + 5 [CFU]: refused
SEEN
