#!/usr/bin/env bash
# NuGet Microsoft.PowerShell.SDK 7.6.9 (PowerShell 7.6.9): Export-Clixml, whose format jobs and remoting use too
# Expected: DateTimeOffset survives like DateTime and TimeSpan do.
# Seen:     it comes back as Deserialized.System.DateTimeOffset, a bag of text: it prints the same, but cannot be compared,
#           subtracted or cast back; only its text can be cast.
# Matters:  readings with offsets kept in a Clixml file or returned from Start-Job: filters by time and durations fail. Keep
#           a UTC DateTime beside it.
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
    $time = [DateTimeOffset]'2026-12-31T23:55:00-05:00'
    [pscustomobject]@{ Time = $time; Utc = $time.UtcDateTime; Worn = [TimeSpan]::FromHours(30.5) } | Export-Clixml reading.xml
    $saved = Import-Clixml reading.xml
    foreach ($name in 'Time', 'Utc', 'Worn') { "${name}: $($saved.$name.PSTypeNames[0])" }
    "worn since by Utc: $(([DateTime]'2027-01-01T06:00:00Z').ToUniversalTime() - $saved.Utc)"
    try { $null = [DateTimeOffset]'2027-01-01T06:00:00Z' - $saved.Time } catch { "worn since by Time: $($_.FullyQualifiedErrorId)" }
    try { $null = $saved.Time -lt [DateTimeOffset]'2027-01-01' } catch { "compared: $($_.FullyQualifiedErrorId)" }
    try { $null = [DateTimeOffset]$saved.Time } catch { "cast: $($_.FullyQualifiedErrorId)" }
    "cast of its text: $(([DateTimeOffset]"$($saved.Time)").ToString('yyyy-MM-ddTHH:mm:sszzz'))"
    """);
foreach (var line in shell.Invoke())
{
    Console.WriteLine(line);
}
CS
TZ=UTC dotnet run -v q probe.cs | tee seen.txt

diff - seen.txt <<'SEEN'
Time: Deserialized.System.DateTimeOffset
Utc: System.DateTime
Worn: System.TimeSpan
worn since by Utc: 01:05:00
worn since by Time: MethodCountCouldNotFindBest
compared: PSObjectCompareTo
cast: InvalidCastConstructorException
cast of its text: 2026-12-31T23:55:00-05:00
SEEN
