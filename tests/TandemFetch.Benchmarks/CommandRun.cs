using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using TandemFetch.Sandbox;
using static TandemFetch.Benchmarks.MarkdownTable;

namespace TandemFetch.Benchmarks;

/// <summary>
/// What a user waits for: whole commands, each in a pwsh of its own, in turn with a pwsh that does nothing. The ratios
/// are of the processor time of the whole process, start and end included.
/// </summary>
internal sealed partial class CommandRun(string workFolder, int runs)
{
    private const int OfChildren = -1;

    private readonly string _import = $"Import-Module '{Pwsh.Module}'";
    private readonly MarkdownTable _table = MarkdownTable.OfRatios();

    public async Task<string> RunAsync()
    {
        // The log ends now and does not grow, so that every run but the first finds nothing new.
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { Speed = 1e-9, TimeZone = PageFolder.Zone }, CancellationToken.None);
        var environment = SandboxAccount.EnvironmentOf(sandbox, workFolder, "commands.db");
        File.Delete(environment["TANDEM_DATABASE"]);
        await Pwsh.OutputOfAsync($"{_import}; Invoke-TandemBackfill", environment);
        var pwsh = (await Pwsh.OutputOfAsync("[Environment]::GetCommandLineArgs()[0]")).Trim();

        await AgainstNothingAsync(
            pwsh,
            environment,
            ("a run that finds nothing new", "≤ 1.35", $"{_import}; Invoke-TandemBackfill"),
            ("`Get-TandemCgmReading -Last 24h`", "≤ 1.25", $"{_import}; Get-TandemCgmReading -Last 24h"),
            ("the same without showing them", "", $"{_import}; $null = Get-TandemCgmReading -Last 24h"),
            ("`Import-Module` alone", "", _import),
            ("for comparison: `Import-Module` of an empty module", "", $"Import-Module '{MakeEmptyModule()}'"),
            (
                "for comparison: a table of 56 objects, without a module",
                "",
                "1..56 | ForEach-Object { [pscustomobject]@{ A = $_; B = $_; C = $_ } }"));
        await ImportAsync(environment);
        return _table.ToString();
    }

    private async Task AgainstNothingAsync(
        string pwsh,
        IReadOnlyDictionary<string, string> environment,
        params (string What, string Limit, string Script)[] rows)
    {
        var figures = rows.Select(_ => new List<(double Mine, double Nothing)>()).ToList();
        for (var run = 0; run < runs; run++)
        {
            var nothing = await ProcessorTimeAsync(pwsh, "exit", environment);
            for (var row = 0; row < rows.Length; row++)
            {
                figures[row].Add((await ProcessorTimeAsync(pwsh, rows[row].Script, environment), nothing));
            }
        }

        foreach (var (row, times) in rows.Zip(figures))
        {
            var ratios = times.Select(pair => pair.Mine / pair.Nothing).ToList();
            _table.Row(
                row.What,
                Milliseconds(Median(times.Select(pair => pair.Mine))),
                Milliseconds(Median(times.Select(pair => pair.Nothing))),
                Ratio(ratios.Min()),
                Ratio(Median(ratios)),
                Ratio(ratios.Max()),
                row.Limit);
        }
    }

    private async Task ImportAsync(IReadOnlyDictionary<string, string> environment)
    {
        List<double> times = [];
        for (var run = 0; run < runs; run++)
        {
            var output = await Pwsh.OutputOfAsync(
                $"$watch = [Diagnostics.Stopwatch]::StartNew(); {_import}; $watch.Elapsed.TotalMilliseconds",
                environment);
            times.Add(double.Parse(output, CultureInfo.InvariantCulture));
        }

        _table.Row(
            "time of `Import-Module` in a running pwsh",
            Milliseconds(Median(times)),
            "",
            Milliseconds(times.Min()),
            Milliseconds(Median(times)),
            Milliseconds(times.Max()),
            "≤ 30 ms");
    }

    private static async Task<double> ProcessorTimeAsync(
        string pwsh, string script, IReadOnlyDictionary<string, string> environment)
    {
        // Not through the tool manifest, whose own process would count.
        var start = new ProcessStartInfo("dotnet", [pwsh, "-NoProfile", "-Command", script])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var before = TimeOfChildren();
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"pwsh ended with {process.ExitCode}: {output}");
        }

        return OperatingSystem.IsWindows()
            ? process.TotalProcessorTime.TotalMilliseconds
            : (TimeOfChildren() - before).TotalMilliseconds;
    }

    /// <summary>The processor time of the child processes that have ended; only Windows shows that of one.</summary>
    private static TimeSpan TimeOfChildren()
    {
        if (OperatingSystem.IsWindows())
        {
            return TimeSpan.Zero;
        }

        // Seconds and microseconds in user code, the same in the system, and 14 other numbers.
        Span<long> usage = stackalloc long[18];
        return GetUsage(OfChildren, ref MemoryMarshal.GetReference(usage)) == 0
            ? TimeSpan.FromSeconds((double)(usage[0] + usage[2]))
                + TimeSpan.FromMicroseconds((double)((int)usage[1] + (int)usage[3]))
            : throw new InvalidOperationException("The processor time of child processes is not known.");
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, ref long usage);

    private string MakeEmptyModule()
    {
        var manifest = Path.Combine(Directory.CreateDirectory(Path.Combine(workFolder, "Empty")).FullName, "Empty.psd1");
        File.WriteAllText(
            manifest,
            "@{ ModuleVersion = '1.0'; FunctionsToExport = @(); CmdletsToExport = @(); AliasesToExport = @() }");
        return manifest;
    }

    private static string Ratio(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);
}
