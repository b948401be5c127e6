#!/usr/bin/env bash
# NuGet MiniExcel 1.46.0, writing and reading back a workbook
# Expected: a TimeSpan of 30.5 hours is shown as 30:30 or 1.06:30 and reads back as itself; a DateTimeOffset keeps its offset
#           or its instant.
# Seen:     from 24 hours on the cell gets a date format, so Excel shows 1 January 1900, and MiniExcel's own typed reader
#           fails on it. 06:30 (TimeOnly) reads back one tick early. Both 01:30 of the night that the clocks go back are
#           one and the same cell, and date cells show no time of day.
# Matters:  sensor sessions, infusion sites and glucose times exported for a clinic.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export NUGET_PACKAGES="$work/packages" XDG_DATA_HOME="$work/share"
mkdir share

cat > probe.cs <<'CS'
#:package MiniExcel@1.46.0
#:property PublishAot=false
using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using MiniExcelLibs;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var night = new DateTime(2026, 11, 1, 1, 30, 0);
MiniExcel.SaveAs("book.xlsx", new[]
{
    new
    {
        First = new DateTimeOffset(night, TimeSpan.FromHours(-4)),
        Second = new DateTimeOffset(night, TimeSpan.FromHours(-5)),
        Site = TimeSpan.FromHours(30.5),
        Sleep = TimeSpan.FromHours(8.25),
        Segment = new TimeOnly(6, 30),
    },
});

using (var zip = ZipFile.OpenRead("book.xlsx"))
using (var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open()))
using (var styles = new StreamReader(zip.GetEntry("xl/styles.xml")!.Open()))
{
    var formats = Regex.Matches(Regex.Match(styles.ReadToEnd(), "<x:cellXfs.*?</x:cellXfs>", RegexOptions.Singleline).Value, "numFmtId=\"(\\d+)\"");
    foreach (Match cell in Regex.Matches(sheet.ReadToEnd(), "r=\"([A-E])2\" s=\"(\\d)\"><x:v>([^<]*)"))
    {
        var format = formats[int.Parse(cell.Groups[2].Value)].Groups[1].Value;
        Console.WriteLine($"cell {cell.Groups[1].Value}: {cell.Groups[3].Value}, built-in format {format} ({(format == "14" ? "date" : "h:mm:ss")})");
    }
}

foreach (var pair in (IDictionary<string, object>)MiniExcel.Query("book.xlsx", useHeaderRow: true).First())
{
    Console.WriteLine($"read back {pair.Key}: {pair.Value} ({pair.Value.GetType().Name})");
}

try
{
    Console.WriteLine(MiniExcel.Query<SiteRow>("book.xlsx").First().Site);
}
catch (Exception error)
{
    Console.WriteLine($"read back as TimeSpan: {error.GetType().Name}");
}

internal sealed class SiteRow
{
    public TimeSpan Site { get; set; }
}
CS
dotnet run -v q probe.cs | tee seen.txt

diff - seen.txt <<'SEEN'
cell A: 46327.0625, built-in format 14 (date)
cell B: 46327.0625, built-in format 14 (date)
cell C: 1.2708333333333335, built-in format 14 (date)
cell D: 0.34375, built-in format 21 (h:mm:ss)
cell E: 0.2708333333333333, built-in format 21 (h:mm:ss)
read back First: 11/01/2026 01:30:00 (DateTime)
read back Second: 11/01/2026 01:30:00 (DateTime)
read back Site: 12/31/1899 06:30:00 (DateTime)
read back Sleep: 08:15:00 (TimeSpan)
read back Segment: 06:29:59.9999999 (TimeSpan)
read back as TimeSpan: ExcelInvalidCastException
SEEN
