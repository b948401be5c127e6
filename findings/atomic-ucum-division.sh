#!/usr/bin/env bash
# npm @atomic-ehr/ucum 0.2.5, ucum.divide
# Expected: 300 [iU] in the reservoir at 40 [iU]/d last 7.5 days: the unit of the quotient is [iU]/([iU]/d), a time.
# Seen:     the units are joined without parentheses, '[iU]/[iU]/d', and UCUM reads that from the left: 7.5 per day. It
#           converts to 1/h and is refused as hours. The number is right whenever nobody looks at its unit.
# Matters:  anything divided by a rate or a ratio: time left in a reservoir, duration of carbs, glucose drop by ISF.
#           Write the divisor as a product instead: multiply(300 [iU], 1/40 d/[iU]).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @atomic-ehr/ucum@0.2.5

cat > probe.mjs <<'JS'
import { ucum } from '@atomic-ehr/ucum';
for (const [value, unit, by, rate, right, wrong] of [[300, '[iU]', 40, '[iU]/d', 'h', '/h'], [60, 'g', 12, 'g/h', 'min', '/min']]) {
  const quotient = ucum.divide(ucum.quantity(value, unit), ucum.quantity(by, rate));
  const as = target => ucum.isConvertible(quotient.unit, target) ? ucum.convert(quotient.value, quotient.unit, target) : 'refused';
  console.log(`${value} ${unit} / ${by} ${rate} = ${quotient.value} ${quotient.unit}: in ${right} ${as(right)}, in ${wrong} ${as(wrong)}`);
}
const product = ucum.multiply(ucum.quantity(300, '[iU]'), ucum.quantity(1 / 40, 'd/[iU]'));
console.log(`as a product ${product.value} ${product.unit}: in h ${ucum.convert(product.value, product.unit, 'h')}`);
JS
node probe.mjs | tee seen.txt

diff - seen.txt <<'SEEN'
300 [iU] / 40 [iU]/d = 7.5 [iU]/[iU]/d: in h refused, in /h 0.3125
60 g / 12 g/h = 5 g/g/h: in min refused, in /min 0.08333333333333333
as a product 7.5 [iU].d/[iU]: in h 180
SEEN
