using System.Globalization;
using System.Text;

namespace TandemFetch.Benchmarks;

/// <summary>
/// How much memory whole commands take on a large file at most, each in a pwsh of its own, pwsh included.
/// </summary>
internal sealed class MemoryRun(string workFolder)
{
    private static readonly (string Command, string What)[] Commands =
    [
        ("Get-TandemRawEvent | Measure-Object", "reading: every raw entry as an object"),
        ("Get-TandemCgmReading | Measure-Object", "reading: every glucose reading"),
        ("Test-TandemDatabase", "checking"),
        ("Export-TandemData archive/ -Archive -Force", "exporting: everything that was received"),
        ("Export-TandemData events events.csv -Force", "exporting: one table as CSV"),
        ("Import-TandemRawEvent archive/ -Database imported.db", "importing: the archive into a new file"),
        ("Invoke-TandemQuery 'SELECT event_name, count(*), max(timestamp) FROM events GROUP BY ALL'", "querying: a summary"),
        ("Invoke-TandemQuery 'SELECT id FROM events ORDER BY event_data DESC' | Select-Object -First 1", "querying: a sort of everything"),
        ("Invoke-TandemBackfill -Stage Parse, Derive -Rebuild", "deriving everything again"),
    ];

    public async Task<string> RunAsync(long entries)
    {
        var pages = Path.Combine(workFolder, $"pages-{entries}");
        PageFolder.Make(pages, entries);
        var database = Path.Combine(workFolder, "memory.db");
        File.Delete(database);
        await Child.RunAsync("backfill", pages, database);
        File.Delete(Path.Combine(workFolder, "imported.db"));
        var environment = new Dictionary<string, string>
        {
            ["TANDEM_DATABASE"] = database,
            ["TANDEM_TIME_ZONE"] = PageFolder.Zone,
            ["TANDEM_CONFIG"] = Path.Combine(workFolder, "config"),
        };

        var table = new StringBuilder("| command | what | peak memory |\n| --- | --- | ---: |\n");
        foreach (var (command, what) in Commands)
        {
            var measured = await Pwsh.MeasureAsync($"Set-Location '{workFolder}'; {command}", environment);
            var row = string.Create(
                CultureInfo.InvariantCulture,
                $"| `{command.Replace("|", "\\|", StringComparison.Ordinal)}` | {what} | {measured.PeakMiB:0} MiB |");
            Console.WriteLine($"{row} {measured.Milliseconds / 1000:0.0} s");
            table.Append(row).Append('\n');
        }

        return table.ToString();
    }
}
