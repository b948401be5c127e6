#!/usr/bin/env bash
# npm exceljs 4.4.0; read-excel-file 9.3.17 reads the same workbook for comparison
# Expected: a number with a number format is a number. In a format the character after a backslash is shown as it is
#           (ECMA-376), so 0\ \m\g\/\d\L shows "101 mg/dL" and is not a date format. exceljs reads what it wrote itself.
# Seen:     the letters d, h, m, s, y and b count as parts of a date although they are escaped: 101 mg/dL is read as
#           10 April 1900, a basal rate of 0.85 U/h as 20:24. The same unit in quotation marks is read as the number.
# Matters:  workbooks whose cells show their unit: no error, and Number(value) is -2200636800000. Write units in
#           quotation marks, and check that a value that should be a number is one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . exceljs@4.4.0 read-excel-file@9.3.17

cat > probe.js <<'JS'
const ExcelJS = require('exceljs');
const { default: readOther } = require('read-excel-file/node');
const cells = [[101, '0" mg/dL"'], [101, String.raw`0\ \m\g\/\d\L`], [5.6, String.raw`0.0\ \m\m\o\l\/\L`],
  [0.85, String.raw`0.00\ \U\/\h`], [20, String.raw`0\ \m\i\n`]];
(async () => {
  const written = new ExcelJS.Workbook();
  const sheet = written.addWorksheet('values');
  cells.forEach(([value, format], i) => Object.assign(sheet.getCell(i + 1, 1), { value, numFmt: format }));
  await written.xlsx.writeFile('values.xlsx');
  const read = new ExcelJS.Workbook();
  await read.xlsx.readFile('values.xlsx');
  const [{ data: other }] = await readOther('values.xlsx');
  cells.forEach(([value, format], i) => {
    const seen = read.worksheets[0].getCell(i + 1, 1).value;
    console.log(`${value} as ${format}: ${seen instanceof Date ? seen.toISOString() : seen}, elsewhere ${other[i][0]}`);
  });
})();
JS
TZ=UTC node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
101 as 0" mg/dL": 101, elsewhere 101
101 as 0\ \m\g\/\d\L: 1900-04-10T00:00:00.000Z, elsewhere 101
5.6 as 0.0\ \m\m\o\l\/\L: 1900-01-04T14:24:00.000Z, elsewhere 5.6
0.85 as 0.00\ \U\/\h: 1899-12-30T20:24:00.000Z, elsewhere 0.85
20 as 0\ \m\i\n: 1900-01-19T00:00:00.000Z, elsewhere 20
SEEN
