#!/usr/bin/env bash
# Opens reports of a synthetic pump in a real browser; dotnet test does not, since it needs Node.js and Chromium.
# Pictures of all pages are kept in the folder that is named, or else in artifacts/report, for a human to look at.
set -euo pipefail
cd "$(dirname "$0")"

fail() {
    echo "The check of the report needs $1" >&2
    exit 2
}

command -v node > /dev/null && command -v npm > /dev/null || fail "Node.js 20 or later with npm."
chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
[ -x "$chromium" ] || fail "Chromium or Chrome on the PATH, or its path in the variable CHROMIUM."

output=$(mkdir -p "${1:-../../artifacts/report}" && cd "${1:-../../artifacts/report}" && pwd)
npm ci --no-audit --no-fund --silent
rm -rf "$output/data"
PATH=$(dirname "$chromium"):$PATH dotnet run --project ../../src/TandemFetch.Shell -- --sandbox --days 20 --end-date 2026-04-20 "$PWD/reports.ps1" "$output"
CHROMIUM=$chromium node check.mjs "$output"
