#!/usr/bin/env bash
# NuGet Microsoft.PowerShell.SDK 7.6.9 (PowerShell 7.6.9), on a computer in New York
# Expected: two times with offsets, an hour apart, stay an hour apart through ConvertFrom-Json and New-TimeSpan.
# Seen:     both become local DateTime. In the doubled hour 01:30-04:00 and 01:30-05:00 are equal, group as one and are 0 s
#           apart, although each still knows its UTC time; the day of 25 hours is 24 long.
#           ConvertFrom-Json -DateKind Offset (since 7.5) keeps them apart.
# Matters:  scripts over Nightscout's or a pump's JSON: duplicates removed by time throw a reading away.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export NUGET_PACKAGES="$work/packages" XDG_DATA_HOME="$work/share"
mkdir share

cat > probe.cs <<'CS'
#:package Microsoft.PowerShell.SDK@7.6.9
#:property PublishAot=false
using System.Management.Automation;

using var shell = PowerShell.Create();
shell.AddScript("""
    $json = '[{"t":"2026-11-01T01:30:00-04:00"},{"t":"2026-11-01T01:30:00-05:00"}]'
    $first, $second = $json | ConvertFrom-Json
    "ConvertFrom-Json: equal $($first.t -eq $second.t), groups $(@($first, $second | Group-Object t).Count), " +
        "apart $((New-TimeSpan $first.t $second.t).TotalSeconds) s"
    "their UTC: $($first.t.ToUniversalTime().ToString('HH:mm')) and $($second.t.ToUniversalTime().ToString('HH:mm'))"
    $first, $second = $json | ConvertFrom-Json -DateKind Offset
    "with -DateKind Offset: equal $($first.t -eq $second.t), groups $(@($first, $second | Group-Object t).Count), " +
        "apart $(($second.t - $first.t).TotalSeconds) s"
    "New-TimeSpan over the day: $((New-TimeSpan '2026-11-01T00:00:00-04:00' '2026-11-02T00:00:00-05:00').TotalHours) h"
    """);
foreach (var line in shell.Invoke())
{
    Console.WriteLine(line);
}
CS
TZ=America/New_York dotnet run -v q probe.cs | tee seen.txt

diff - seen.txt <<'SEEN'
ConvertFrom-Json: equal True, groups 1, apart 0 s
their UTC: 05:30 and 06:30
with -DateKind Offset: equal False, groups 2, apart 3600 s
New-TimeSpan over the day: 24 h
SEEN
