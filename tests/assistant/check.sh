#!/usr/bin/env bash
# Lets the official TypeScript SDK speak with the assistant's server; dotnet test does not, since it needs Node.js.
# The database of a synthetic pump is kept in the folder that is named, or else in artifacts/assistant.
set -euo pipefail
cd "$(dirname "$0")"

fail() {
    echo "The check of the assistant's server needs $1" >&2
    exit 2
}

command -v node > /dev/null && command -v npm > /dev/null || fail "Node.js 20 or later with npm."
command -v dotnet > /dev/null || fail "the .NET SDK."

output=$(mkdir -p "${1:-../../artifacts/assistant}" && cd "${1:-../../artifacts/assistant}" && pwd)
npm ci --no-audit --no-fund --silent
rm -rf "$output"/*.db "$output"/*.json
export TANDEM_CONFIG=$output/config
dotnet run --project ../../src/TandemFetch.Shell -- --sandbox --days 40 --end-date 2026-04-20 "$PWD/data.ps1" "$output"

# The PowerShell of the repository, unless there is one on the PATH.
if ! command -v pwsh > /dev/null; then
    dotnet tool restore > /dev/null
    mkdir -p "$output/bin"
    printf '#!/bin/sh\ncd "%s" && exec dotnet tool run pwsh -- "$@"\n' "$(cd ../.. && pwd)" > "$output/bin/pwsh"
    chmod +x "$output/bin/pwsh"
    export PATH=$output/bin:$PATH
fi

node check.mjs "$output"
