// Speaks with the assistant's server as an independent client: the official TypeScript SDK, in both of its generations.
// Every result is validated against the schema that the server announces for it.
// Usage: node check.mjs <folder with server.json and tandem.db>

import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as FormerClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as FormerTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const revisions = ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];
const withSchemas = ['2026-07-28', '2025-11-25', '2025-06-18'];
const identity = { name: 'tandemfetch-check', version: '1' };

// What each tool is called with, and a sentence that its error has to contain.
const calls = [
  ['describe_data', {}],
  ['glucose_summary', {}],
  ['glucose_summary', { since: '2026-04-01', until: '2026-04-15', unit: 'mmol/L', by: 'weekday' }],
  ['glucose_summary', { since: '1990-01-01', until: '1990-02-01' }],
  ['glucose_episodes', { limit: 5 }],
  ['insulin_summary', { pump: 1 }],
  ['daily_summary', { since: '2026-04-01', until: '2026-04-15' }],
  ['boluses', { limit: 3 }],
  ['compare_periods', {}],
  ['glucose_profile', { unit: 'mg/dL' }],
  ['query', { sql: 'SELECT * FROM boluses ORDER BY timestamp DESC', limit: 5 }],
  ['query', { sql: "SELECT NULL, 'NaN'::DOUBLE, [1, NULL], {'a': DATE '2026-01-01'}" }],
  ['query', {}, "'sql' is missing"],
  ['query', { sql: 'FROM raw_events' }, "no table 'raw_events'"],
  ['query', { sql: 'SELECT 1; SELECT 2' }, 'one statement'],
  ['query', { sql: 7 }, "'sql' must be a text"],
  ['boluses', { limit: 0 }, "'limit' must be a whole number"],
  ['boluses', { pump: 2 }, "'pump' must be"],
  ['boluses', { surprise: true }, "no argument 'surprise'"],
  ['glucose_summary', { since: 'some day' }, "'since' is not a time"],
  ['glucose_summary', { by: 'moon' }, "'by' must be one of"],
];

const folder = resolve(process.argv[2]);
const { command, args } = Object.values(JSON.parse(readFileSync(join(folder, 'server.json'))).mcpServers)[0];
const { hidden } = JSON.parse(readFileSync(join(folder, 'hidden.json')));
const findings = [];
let results = 0;
const slowest = { start: 0, call: 0 };

for (const revision of revisions) {
  const isNewest = revision === revisions[0];
  const client = new Client(identity, isNewest
    ? { versionNegotiation: { mode: { pin: revision } } }
    : { supportedProtocolVersions: [revision] });
  await check(`client, ${revision}`, client, new StdioClientTransport({ command, args, stderr: 'pipe' }), revision);
}

await check('sdk', new FormerClient(identity), new FormerTransport({ command, args, stderr: 'pipe' }), '2025-11-25');

console.log(
  `${results} results; start to first response at most ${Math.round(slowest.start)} ms, call at most ${Math.round(slowest.call)} ms.`);
for (const finding of findings) {
  console.error(finding);
}

process.exit(findings.length === 0 && results > 0 ? 0 : 1);

async function check(name, client, transport, revision) {
  const started = performance.now();
  try {
    await client.connect(transport);
    const start = performance.now() - started;
    slowest.start = Math.max(slowest.start, start);
    const tools = await checkTools(name, client);
    for (const [tool, given, error] of calls) {
      await checkCall(name, client, tools, tool, given, error, revision);
    }

    await checkTexts(name, client);
    console.log(`${name}: connected in ${Math.round(start)} ms, ${calls.length} calls`);
  } catch (failure) {
    findings.push(`${name}: ${failure.stack ?? failure}`);
  } finally {
    await client.close();
  }
}

async function checkTools(name, client) {
  const { tools } = await client.listTools();
  const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
  const validators = new Map();
  for (const tool of tools) {
    expect(name, `hints of ${tool.name}`, tool.annotations?.readOnlyHint === true && tool.annotations?.destructiveHint === false);
    expect(name, `name of ${tool.name}`, /^[a-z_]+$/.test(tool.name));
    expect(name, `arguments of ${tool.name}`, !tool.inputSchema.required?.length);
    validators.set(tool.name, tool.outputSchema && ajv.compile(tool.outputSchema));
  }

  for (const tool of new Set(calls.map(([tool]) => tool))) {
    expect(name, `tool ${tool}`, validators.has(tool));
  }

  expect(name, 'number of tools', tools.length === new Set(calls.map(([tool]) => tool)).size);
  return validators;
}

async function checkCall(name, client, tools, tool, given, error, revision) {
  const what = `${tool} ${JSON.stringify(given)}`;
  const started = performance.now();
  const result = await client.callTool({ name: tool, arguments: given });
  slowest.call = Math.max(slowest.call, performance.now() - started);
  results++;
  const text = result.content?.[0]?.text ?? '';
  expect(name, `${what} shows a name`, hidden.every(secret => !JSON.stringify(result).includes(secret)));
  if (error) {
    expect(name, `${what} fails with "${text}"`, result.isError === true && text.includes(error));
    return;
  }

  expect(name, `${what} succeeds: ${text.slice(0, 200)}`, !result.isError);
  const value = JSON.parse(text);
  expect(name, `${what} has a basis`, value.basis?.time_zone && value.basis.units && value.basis.rests_on);
  if (withSchemas.includes(revision)) {
    const validate = tools.get(tool);
    expect(name, `${what} has a schema`, validate !== undefined);
    expect(name, `${what} is an object`, JSON.stringify(result.structuredContent) === JSON.stringify(value));
    if (validate && !validate(result.structuredContent)) {
      findings.push(`${name}: ${what}: ${JSON.stringify(validate.errors.slice(0, 3))}`);
    }
  }
}

async function checkTexts(name, client) {
  const { resources } = await client.listResources();
  expect(name, 'resources', resources.length === 4);
  for (const { uri } of resources) {
    const { contents } = await client.readResource({ uri });
    expect(name, `resource ${uri}`, contents.length === 1 && contents[0].text.length > 100);
  }

  const { prompts } = await client.listPrompts();
  expect(name, 'prompts', prompts.length === 3);
  for (const prompt of prompts) {
    const given = Object.fromEntries(prompt.arguments.map(argument => [argument.name, '2026-04-10']));
    const filled = (await client.getPrompt({ name: prompt.name, arguments: given })).messages[0].content.text;
    const usual = (await client.getPrompt({ name: prompt.name })).messages[0].content.text;
    expect(name, `prompt ${prompt.name}`, filled.includes('2026-04-10') && !/[{}]/.test(filled + usual));
  }
}

function expect(name, what, isTrue) {
  if (!isTrue) {
    findings.push(`${name}: ${what}`);
  }
}
