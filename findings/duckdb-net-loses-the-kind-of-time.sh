#!/usr/bin/env bash
# NuGet DuckDB.NET.Data.Full 1.5.6.1
# Expected: TIMESTAMPTZ, an instant, comes as a DateTime of Kind Utc (or a DateTimeOffset); TIMESTAMP as Unspecified.
# Seen:     GetValue gives a DateTime of Kind Unspecified for both. ToUniversalTime, JSON and DateTimeOffset then take the
#           UTC value for the computer's local time. GetFieldValue<DateTimeOffset> is right for TIMESTAMPTZ, and silently
#           calls a wall clock UTC.
# Matters:  everything generic over a reader (DataTable.Load, object mappers, PowerShell): true times of pump events move
#           by the computer's offset, and only on computers that are not in UTC.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export NUGET_PACKAGES="$work/packages" XDG_DATA_HOME="$work/share"
mkdir share

cat > probe.cs <<'CS'
#:package DuckDB.NET.Data.Full@1.5.6.1
#:property PublishAot=false
using DuckDB.NET.Data;

using var connection = new DuckDBConnection("Data Source=:memory:");
connection.Open();
using var command = connection.CreateCommand();
command.CommandText = "select timestamptz '2026-11-01 05:30:00+00' as instant, timestamp '2026-11-01 01:30:00' as pump_clock";
using var reader = command.ExecuteReader();
reader.Read();
for (var column = 0; column < 2; column++)
{
    var value = (DateTime)reader.GetValue(column);
    Console.WriteLine($"{reader.GetName(column)}: {value:s} {value.Kind}, to UTC {value.ToUniversalTime():s}, " +
        $"as DateTimeOffset {new DateTimeOffset(value):yyyy-MM-ddTHH:mm:sszzz}, asked for DateTimeOffset {reader.GetFieldValue<DateTimeOffset>(column):yyyy-MM-ddTHH:mm:sszzz}");
}
CS
for zone in UTC America/New_York; do
  echo "computer in $zone"
  TZ=$zone dotnet run -v q probe.cs
done | tee seen.txt

diff - seen.txt <<'SEEN'
computer in UTC
instant: 2026-11-01T05:30:00 Unspecified, to UTC 2026-11-01T05:30:00, as DateTimeOffset 2026-11-01T05:30:00+00:00, asked for DateTimeOffset 2026-11-01T05:30:00+00:00
pump_clock: 2026-11-01T01:30:00 Unspecified, to UTC 2026-11-01T01:30:00, as DateTimeOffset 2026-11-01T01:30:00+00:00, asked for DateTimeOffset 2026-11-01T01:30:00+00:00
computer in America/New_York
instant: 2026-11-01T05:30:00 Unspecified, to UTC 2026-11-01T10:30:00, as DateTimeOffset 2026-11-01T05:30:00-05:00, asked for DateTimeOffset 2026-11-01T05:30:00+00:00
pump_clock: 2026-11-01T01:30:00 Unspecified, to UTC 2026-11-01T06:30:00, as DateTimeOffset 2026-11-01T01:30:00-05:00, asked for DateTimeOffset 2026-11-01T01:30:00+00:00
SEEN
