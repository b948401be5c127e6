#!/usr/bin/env bash
# npm @duckdb/node-api 1.5.6-r.1 (DuckDB 1.5.6), hyparquet-writer 0.17.0, @dsnp/parquetjs 1.8.8
# Expected: the Parquet format says that the older annotations TIMESTAMP_MILLIS and TIMESTAMP_MICROS mean instants
#           (isAdjustedToUTC = true). Both writers use them for a JavaScript Date, which is an instant.
# Seen:     DuckDB reads them as TIMESTAMP, a wall clock without zone; cast to TIMESTAMPTZ they move by the session's offset.
#           It also writes that annotation itself on wall clocks, so parquetjs reads 01:30 on a pump's clock as 01:30 UTC.
# Matters:  glucose files of another tool joined to a pump's tables: five hours off in New York, and no error.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix . \
  @duckdb/node-api@1.5.6-r.1 hyparquet-writer@0.17.0 @dsnp/parquetjs@1.8.8

cat > probe.mjs <<'JS'
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetWriteFile } from 'hyparquet-writer';
import parquetjs from '@dsnp/parquetjs';

const instant = new Date('2026-11-01T05:30:00.000Z');
await parquetWriteFile({ filename: 'hyparquet.parquet', columnData: [{ name: 't', data: [instant] }] });
const writer = await parquetjs.ParquetWriter.openFile(
  new parquetjs.ParquetSchema({ t: { type: 'TIMESTAMP_MICROS' } }), 'parquetjs.parquet');
await writer.appendRow({ t: instant });
await writer.close();

const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run("set TimeZone = 'America/New_York'");
for (const file of ['hyparquet', 'parquetjs']) {
  const reader = await connection.runAndReadAll(`
    select typeof(t), t::varchar, epoch_ms(t::timestamptz),
      (select converted_type from parquet_schema('${file}.parquet') where name = 't') from '${file}.parquet'`);
  const [type, text, ms, annotation] = reader.getRowsJson()[0];
  console.log(`${file} wrote ${instant.toISOString()} as ${annotation}; DuckDB: ${type} ${text}, as an instant ` +
    new Date(Number(ms)).toISOString());
}

await connection.run("copy (select timestamp '2026-11-01 01:30:00' as pump_clock) to 'duckdb.parquet'");
const annotation = (await connection.runAndReadAll("select converted_type from parquet_schema('duckdb.parquet') where name = 'pump_clock'"))
  .getRowsJson()[0][0];
const row = await (await parquetjs.ParquetReader.openFile('duckdb.parquet')).getCursor().next();
console.log(`DuckDB wrote TIMESTAMP 2026-11-01 01:30:00 as ${annotation}; parquetjs: ${row.pump_clock.toISOString()}`);
JS
TZ=UTC node probe.mjs | tee seen.txt

diff - seen.txt <<'SEEN'
hyparquet wrote 2026-11-01T05:30:00.000Z as TIMESTAMP_MILLIS; DuckDB: TIMESTAMP 2026-11-01 05:30:00, as an instant 2026-11-01T10:30:00.000Z
parquetjs wrote 2026-11-01T05:30:00.000Z as TIMESTAMP_MICROS; DuckDB: TIMESTAMP 2026-11-01 05:30:00, as an instant 2026-11-01T10:30:00.000Z
DuckDB wrote TIMESTAMP 2026-11-01 01:30:00 as TIMESTAMP_MICROS; parquetjs: 2026-11-01T01:30:00.000Z
SEEN
