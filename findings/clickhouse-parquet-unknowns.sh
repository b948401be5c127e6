#!/usr/bin/env bash
# npm chdb 3.4.0 (ClickHouse 26.7), Parquet files that DuckDB 1.5.6 (npm @duckdb/node-api 1.5.6-r.1) writes
# Expected: what is unknown (null) stays unknown; a time without a zone stays one, apart from an instant; a time of day
#           is one; an instant without end stays distinguishable from a date.
# Seen:     a list that is null becomes an empty list, and a structure that is null one of nulls. The pump's wall clock
#           (isAdjustedToUTC = false) gets the zone UTC and differs from the instant beside it by hours. A time of day
#           becomes a moment of 1 January 1970, and infinity a moment of the year 9999.
# Matters:  pump data in a lake: "no alert codes known" counts as "no alerts", an age of a session is 8,000 years, and a
#           join on the pump's clock is off by the zone. Ask the file's schema, or cast before the export.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix . chdb@3.4.0 @duckdb/node-api@1.5.6-r.1

cat > probe.mjs <<'JS'
import { DuckDBInstance } from '@duckdb/node-api';
import { query } from 'chdb';

const duckdb = await (await DuckDBInstance.create()).connect();
await duckdb.run(`
  COPY (
    SELECT
      TIMESTAMPTZ '2026-11-01 01:30:00-04' AS true_time, TIMESTAMP '2026-11-01 01:30:00' AS pump_time,
      NULL::INTEGER[] AS codes, NULL::STRUCT(low INTEGER, high INTEGER) AS targets,
      TIME '06:30:00' AS segment, TIMESTAMPTZ 'infinity' AS ended
  ) TO 'pump.parquet' (FORMAT parquet)`);
const columns = ['true_time', 'pump_time', 'codes', 'targets', 'segment', 'ended'];
const text = query(
  `SELECT ${columns.flatMap((name) => [`toTypeName(${name})`, `isNull(${name})`, `toString(${name})`]).join(', ')}
   FROM file('pump.parquet') SETTINGS session_timezone = 'America/New_York'`, 'JSONCompactStrings').toString();
const values = JSON.parse(text).data[0];
columns.forEach((name, index) => {
  const [type, isNull, value] = values.slice(3 * index);
  console.log(`${name}: ${type.replace(/\s+/g, ' ')}, ${isNull === '1' ? 'null' : `'${value}'`}`);
});
JS
node probe.mjs | tee seen.txt

diff - seen.txt <<'SEEN'
true_time: Nullable(DateTime64(6, 'UTC')), '2026-11-01 05:30:00.000000'
pump_time: Nullable(DateTime64(6, 'UTC')), '2026-11-01 01:30:00.000000'
codes: Array(Nullable(Int32)), '[]'
targets: Tuple( low Nullable(Int32), high Nullable(Int32)), '(NULL,NULL)'
segment: Nullable(DateTime64(6, 'UTC')), '1970-01-01 06:30:00.000000'
ended: Nullable(DateTime64(6, 'UTC')), '9999-12-31 23:59:59.775807'
SEEN
