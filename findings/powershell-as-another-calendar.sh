#!/usr/bin/env bash
# NuGet Microsoft.PowerShell.SDK 7.6.9 (PowerShell 7.6.9): -as with the text of a day or time
# Expected: '2026-04-20' -as [DateTime] is what the cast [DateTime]'2026-04-20' is, or nothing.
# Seen:     the cast reads ISO text the same in every session; -as reads it in the calendar of the session. In Thai it gives
#           the year 1483, in Persian the year 2647, without an error; in Saudi Arabic nothing. So do DateTimeOffset and
#           DateOnly.
# Matters:  days and times read back from CSV, JSON or a job with -as, which is used where a cell can be empty.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export NUGET_PACKAGES="$work/packages" XDG_DATA_HOME="$work/share" DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0
mkdir share

cat > probe.cs <<'CS'
#:package Microsoft.PowerShell.SDK@7.6.9
#:property PublishAot=false
#:property InvariantGlobalization=false
using System.Management.Automation;

using var shell = PowerShell.Create();
shell.AddScript("""
    function Show($value) { if ($null -eq $value) { 'nothing' } else { "$($value.Year)-$($value.Month)-$($value.Day)" } }
    foreach ($language in 'en-US', 'th-TH', 'fa-IR', 'ar-SA') {
        [cultureinfo]::CurrentCulture = $language
        $text = '2026-04-20'
        "${language}: cast $(Show ([DateTime]$text)) and $(Show ([DateOnly]$text)), -as $(Show ($text -as [DateTime])), $(
            Show ($text -as [DateTimeOffset])) and $(Show ($text -as [DateOnly]))"
    }
    """);
foreach (var line in shell.Invoke())
{
    Console.WriteLine(line);
}
CS
dotnet run -v q probe.cs | tee seen.txt

diff - seen.txt <<'SEEN'
en-US: cast 2026-4-20 and 2026-4-20, -as 2026-4-20, 2026-4-20 and 2026-4-20
th-TH: cast 2026-4-20 and 2026-4-20, -as 1483-4-20, 1483-4-20 and 1483-4-20
fa-IR: cast 2026-4-20 and 2026-4-20, -as 2647-7-11, 2647-7-11 and 2647-7-11
ar-SA: cast 2026-4-20 and 2026-4-20, -as nothing, nothing and nothing
SEEN
