#!/usr/bin/env bash
# npm apache-arrow 21.2.0, reading a Parquet file of DuckDB (npm @duckdb/node-api 1.5.6-r.1) through npm parquet-wasm 0.8.0
# Expected: a bolus of 1.250 U in a DECIMAL(7,3) column reads as 1.25.
# Seen:     the value is the bare integer, 1250, as String(), JSON and Number: the scale of the type is not applied.
# Matters:  insulin from a Parquet lake in a notebook or a web page: a thousand times too much, and a chart looks right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix . apache-arrow@21.2.0 parquet-wasm@0.8.0 @duckdb/node-api@1.5.6-r.1

cat > probe.js <<'JS'
const fs = require('fs');
const { DuckDBInstance } = require('@duckdb/node-api');
const { readParquet } = require('parquet-wasm/node');
const { tableFromIPC } = require('apache-arrow');
(async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`copy (select 1.250::decimal(7,3) as insulin, 0.025::decimal(7,3) as smallest, 1.25::double as plain)
    to 'bolus.parquet'`);
  const row = tableFromIPC(readParquet(fs.readFileSync('bolus.parquet')).intoIPCStream()).get(0);
  for (const name of ['insulin', 'smallest', 'plain']) {
    console.log(`${name}: String ${row[name]}, JSON ${JSON.stringify(row[name])}, Number ${Number(row[name])}`);
  }
})();
JS
node probe.js | tee seen.txt

diff - seen.txt <<'SEEN'
insulin: String 1250, JSON "\"1250\"", Number 1250
smallest: String 25, JSON "\"25\"", Number 25
plain: String 1.25, JSON 1.25, Number 1.25
SEEN
