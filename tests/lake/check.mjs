// Counts, adds up and finds the least and the greatest value of every column of a lake, with hyparquet and with
// ClickHouse, and compares the results with those of DuckDB in expected.json.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { query } from 'chdb';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

const folder = process.argv[2];
const lake = join(folder, 'lake');
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
const milliseconds = 86_400_000;
let compared = 0;
const differences = [];

/** The number that stands for a value, as in data.ps1. */
function numberOf(value, type) {
  if (type === 'VARCHAR') return [...value].length;
  if (type === 'BOOLEAN') return value ? 1 : 0;
  if (type === 'DATE') return value.getTime() / milliseconds;
  if (value instanceof Date) return value.getTime();
  return Number(value);
}

function summarize(values) {
  const numbers = values.filter((value) => value !== null && value !== undefined);
  const sum = numbers.reduce((total, value) => total + value, 0);
  return {
    count: numbers.length,
    sum: numbers.length ? sum : null,
    min: numbers.length ? numbers.reduce((a, b) => (a < b ? a : b)) : null,
    max: numbers.length ? numbers.reduce((a, b) => (a > b ? a : b)) : null,
  };
}

async function readWithHyparquet(table, columns) {
  const rows = [];
  for (const name of readdirSync(join(lake, table))) {
    const file = await asyncBufferFromFile(join(lake, table, name));
    for (const row of await parquetReadObjects({ file, compressors })) rows.push(row);
  }
  return columns.map((column) => summarize(rows.map((row) => {
    const value = row[column.name];
    return value === null || value === undefined ? null : numberOf(value, column.type);
  })));
}

/** The same as an expression of ClickHouse. */
function expressionOf(column) {
  const name = `\`${column.name}\``;
  switch (column.type) {
    case 'VARCHAR': return `toInt64(lengthUTF8(${name}))`;
    case 'BOOLEAN': return `toInt64(${name})`;
    case 'DATE': return `dateDiff('day', toDate32('1970-01-01'), toDate32(${name}))`;
    case 'TIMESTAMP':
    case 'TIMESTAMP WITH TIME ZONE': return `toUnixTimestamp64Milli(${name})`;
    default: return `toFloat64(${name})`;
  }
}

function readWithClickHouse(table, columns) {
  const parts = columns.flatMap((column) => {
    const value = expressionOf(column);
    return [`count(${value})`, `toFloat64(sum(${value}))`, `toFloat64(min(${value}))`, `toFloat64(max(${value}))`];
  });
  const json = query(
    `SELECT [${parts.map((part) => `toFloat64(ifNull(${part}, 0))`).join(', ')}] AS numbers `
      + `FROM file('${join(lake, table)}/*.parquet', Parquet)`,
    'JSONEachRow',
  );
  const { numbers } = JSON.parse(json);
  return columns.map((_, index) => {
    const [count, sum, min, max] = numbers.slice(4 * index, 4 * index + 4);
    return count === 0 ? { count, sum: null, min: null, max: null } : { count, sum, min, max };
  });
}

function isSame(left, right) {
  if (left === null || right === null) return left === right;
  const [a, b] = [Number(left), Number(right)];
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

function compare(reader, table, columns, found) {
  columns.forEach((column, index) => {
    for (const what of ['count', 'sum', 'min', 'max']) {
      compared += 1;
      if (!isSame(column[what] ?? null, found[index][what])) {
        differences.push(`${reader}: ${what} of ${table}.${column.name} is ${found[index][what]}, not ${column[what]}`);
      }
    }
  });
}

for (const [table, columns] of Object.entries(expected)) {
  compare('hyparquet', table, columns, await readWithHyparquet(table, columns));
  compare('ClickHouse', table, columns, readWithClickHouse(table, columns));
}

const version = query('SELECT version()', 'TabSeparated').trim();
differences.forEach((difference) => console.log(difference));
console.log(`${compared} figures of ${Object.keys(expected).length} tables compared, ${differences.length} differ `
  + `(hyparquet and ClickHouse ${version} against DuckDB)`);
process.exit(differences.length === 0 && compared > 1000 ? 0 : 1);
