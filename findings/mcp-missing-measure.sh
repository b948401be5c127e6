#!/usr/bin/env bash
# NuGet ModelContextProtocol.Core 2.4.0 as the server, npm @modelcontextprotocol/sdk 1.32.2 as the client
# Expected: a tool whose result has an optional number can leave it out; a measure that cannot be computed (NaN) is
#           null; an argument that the tool does not have is refused.
# Seen:     the server's own schema requires the optional number, the server leaves it out when it is null, and the
#           client throws the whole result away. NaN fails without a reason. A misspelled argument is dropped: days of
#           3, sent as "day", are answered with the 14 of the default.
# Matters:  measures that few days do not have (a GMI, a deviation), and an assistant that states the wrong period. Write
#           nulls, check arguments in the tool, and have each result name its period.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export NUGET_PACKAGES="$work/packages" XDG_DATA_HOME="$work/share"
mkdir share
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @modelcontextprotocol/sdk@1.32.2

cat > server.cs <<'CS'
#:package ModelContextProtocol.Core@2.4.0
#:property PublishAot=false
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

McpServerToolCreateOptions Named(string name) => new() { Name = name, UseStructuredContent = true };
await using var server = McpServer.Create(new StdioServerTransport("probe"), new McpServerOptions
{
    ServerInfo = new Implementation { Name = "probe", Version = "1" },
    ToolCollection =
    [
        McpServerTool.Create((int days = 14) => new Summary(days, 110, days < 14 ? null : 5.9), Named("summary")),
        McpServerTool.Create(() => double.NaN, Named("deviation")),
    ],
});
await server.RunAsync();

internal sealed record Summary(int Days, double Mean, double? Gmi);
CS
dotnet build -v q server.cs > build.txt || { cat build.txt; exit 1; }

cat > client.mjs <<'JS'
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const client = new Client({ name: 'probe', version: '1' });
await client.connect(new StdioClientTransport({
  command: 'dotnet', args: ['run', '--no-build', 'server.cs'], env: process.env, stderr: 'ignore' }));
const { tools } = await client.listTools();
console.log(`the schema requires ${tools.find((tool) => tool.name === 'summary').outputSchema.required.join(', ')}`);
for (const [name, args] of [['summary', { days: 14 }], ['summary', { days: 3 }], ['summary', { day: 3 }], ['deviation', {}]]) {
  const answer = await client.callTool({ name, arguments: args }).then(
    (result) => JSON.stringify(result.structuredContent ?? result.content[0].text), (error) => error.message);
  console.log(`${name} ${JSON.stringify(args)}: ${answer}`);
}
await client.close();
JS
node client.mjs | tee seen.txt

diff - seen.txt <<'SEEN'
the schema requires days, mean, gmi
summary {"days":14}: {"days":14,"mean":110,"gmi":5.9}
summary {"days":3}: MCP error -32602: Structured content does not match the tool's output schema: data must have required property 'gmi'
summary {"day":3}: {"days":14,"mean":110,"gmi":5.9}
deviation {}: "An error occurred invoking 'deviation'."
SEEN
