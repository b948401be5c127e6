#!/usr/bin/env bash
# npm @medplum/core 5.2.13, evalFhirPath; fhirpath 5.2.2 for comparison
# Expected: FHIRPath lets an implementation refuse to convert units, but not overlook them: 100 mg/dL (5.6 mmol/L) is
#           not above 10 mmol/L. The answer is false, or nothing if the units cannot be converted.
# Seen:     < and > compare the bare numbers: 100 mg/dL is above 10 mmol/L, 5.6 mmol/L is below 70 mg/dL, 0.5 units are
#           not above 400 milliunits, 90 minutes are above 2 hours. Adding 5 mmol/L to 100 mg/dL gives 105 mg/dL. Only
#           = looks at the unit.
# Matters:  rules and subscriptions of a FHIR server ("glucose below 70 mg/dL") where both units occur: every reading in
#           mmol/L is a low. Compare the code first: value.code = 'mg/dL' and value.value < 70.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @medplum/core@5.2.13 fhirpath@5.2.2

cat > probe.js <<'JS'
globalThis.WebSocket ??= class {}; // the library names it when it is loaded, and Node 20 has none
const { evalFhirPath } = require('@medplum/core');
const fhirpath = require('fhirpath');
const r4 = require('fhirpath/fhir-context/r4');
const show = ([answer]) => answer === undefined ? 'nothing' : answer.unit ? `${answer.value} ${answer.unit}` : String(answer);
for (const [value, code, test] of [[100, 'mg/dL', "> 90 'mg/dL'"], [100, 'mg/dL', "> 10 'mmol/L'"], [5.6, 'mmol/L', "< 70 'mg/dL'"],
  [0.5, '[iU]', "> 400 'm[iU]'"], [90, 'min', "> 2 'h'"], [100, 'mg/dL', "+ 5 'mmol/L'"],
  [5.6, 'mmol/L', "= 5.6 'mg/dL'"]]) {
  const observation = { resourceType: 'Observation', status: 'final', code: { text: 'made up' },
    valueQuantity: { value, unit: code, system: 'http://unitsofmeasure.org', code } };
  const expression = `Observation.value ${test}`;
  console.log(`${value} ${code} ${test}: ${show(evalFhirPath(expression, observation))}, ` +
    `fhirpath ${show(fhirpath.evaluate(observation, expression, null, r4))}`);
}
JS
node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
100 mg/dL > 90 'mg/dL': true, fhirpath true
100 mg/dL > 10 'mmol/L': true, fhirpath nothing
5.6 mmol/L < 70 'mg/dL': true, fhirpath nothing
0.5 [iU] > 400 'm[iU]': false, fhirpath nothing
90 min > 2 'h': true, fhirpath false
100 mg/dL + 5 'mmol/L': 105 mg/dL, fhirpath nothing
5.6 mmol/L = 5.6 'mg/dL': false, fhirpath false
SEEN
