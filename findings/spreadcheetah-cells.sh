#!/usr/bin/env bash
# NuGet SpreadCheetah 1.28.0, writing cells of a workbook
# Expected: text and numbers that a cell cannot hold are refused, or written so that a reader gets them back.
# Seen:     NaN and infinity become number cells with those words, which are no numbers; a control character disappears from
#           a text; a carriage return is written bare, so that XML readers give a line feed; leading and trailing spaces lack
#           the mark that preserves them; 40,000 characters are written, although a cell holds 32,767.
# Matters:  statistics of a day without readings, notes and log entries as JSON, exported for a clinic.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export NUGET_PACKAGES="$work/packages" XDG_DATA_HOME="$work/share"
mkdir share

cat > probe.cs <<'CS'
#:package SpreadCheetah@1.28.0
#:property PublishAot=false
using System.IO.Compression;
using System.Text.RegularExpressions;
using SpreadCheetah;

await using (var file = File.Create("book.xlsx"))
await using (var book = await Spreadsheet.CreateNewAsync(file))
{
    await book.StartWorksheetAsync("cells");
    await book.AddRowAsync(new DataCell[]
    {
        new(double.NaN), new(double.PositiveInfinity), new("a\u0001b"), new("one\rtwo"), new(" spaces "), new(new string('x', 40_000)),
    });
    await book.FinishAsync();
}

using var zip = ZipFile.OpenRead("book.xlsx");
using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
foreach (Match cell in Regex.Matches(sheet.ReadToEnd(), "<c.*?</c>", RegexOptions.Singleline))
{
    var text = cell.Value.Replace("\r", "<carriage return>");
    Console.WriteLine(text.Length > 100 ? $"{text.Length} characters" : text);
}
CS
dotnet run -v q probe.cs | tee seen.txt

diff - seen.txt <<'SEEN'
<c><v>NaN</v></c>
<c><v>Infinity</v></c>
<c t="inlineStr"><is><t>ab</t></is></c>
<c t="inlineStr"><is><t>one<carriage return>two</t></is></c>
<c t="inlineStr"><is><t> spaces </t></is></c>
40037 characters
SEEN
