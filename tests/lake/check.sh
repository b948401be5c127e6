#!/usr/bin/env bash
# Lets hyparquet and ClickHouse read a lake; dotnet test does not, since they need Node.js and a download of 500 MB.
# The lake is kept in the folder that is named, or else in artifacts/lake.
set -euo pipefail
cd "$(dirname "$0")"

fail() {
    echo "The check of the lake needs $1" >&2
    exit 2
}

command -v node > /dev/null && command -v npm > /dev/null || fail "Node.js 20 or later with npm."
command -v dotnet > /dev/null || fail "the .NET SDK."

output=$(mkdir -p "${1:-../../artifacts/lake}" && cd "${1:-../../artifacts/lake}" && pwd)
# Not npm ci: a lock file would have to name the 500 MB of every platform.
npm install --no-package-lock --no-audit --no-fund --silent
rm -rf "$output/lake" "$output"/*.db "$output"/*.json
export TANDEM_CONFIG=$output/config
dotnet run --project ../../src/TandemFetch.Shell -- --sandbox --days 40 --end-date 2026-04-20 "$PWD/data.ps1" "$output"
node check.mjs "$output"
