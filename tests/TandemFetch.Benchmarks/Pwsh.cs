using System.Diagnostics;
using System.Globalization;

namespace TandemFetch.Benchmarks;

/// <summary>The pwsh of the tool manifest, which <c>dotnet tool restore</c> brings, with the module that was built.</summary>
internal static class Pwsh
{
    /// <summary>The manifest of the module.</summary>
    public static string Module { get; } = Path.Combine(Repository.Root, "out", "TandemFetch", "TandemFetch.psd1");

    /// <summary>Runs a script and returns its output.</summary>
    public static async Task<string> OutputOfAsync(string script, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", ["tool", "run", "pwsh", "--", "-NoProfile", "-Command", script])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
        };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"pwsh ended with {process.ExitCode}: {output}");
    }

    /// <summary>Measures a command of the module, without the start of pwsh, and the peak of the whole process.</summary>
    public static async Task<Measurement> MeasureAsync(string command, IReadOnlyDictionary<string, string> environment)
    {
        var output = await OutputOfAsync(
            $$"""
            $ErrorActionPreference = 'Stop'
            Import-Module '{{Module}}'
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $null = & { {{command}} }
            '{0} {1}' -f $watch.Elapsed.TotalMilliseconds, [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
            """,
            environment);
        var figures = output.Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture)).ToList();
        return new Measurement(figures[0], figures[1] / 1048576, 0);
    }
}
