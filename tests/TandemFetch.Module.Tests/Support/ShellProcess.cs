using System.Diagnostics;

namespace TandemFetch.Module.Tests.Support;

/// <summary>The shell as a process of its own.</summary>
internal static class ShellProcess
{
    private static readonly string Program =
        Path.Join(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "TandemFetch.Shell.exe" : "TandemFetch.Shell");

    /// <summary>Runs the shell to its end.</summary>
    /// <param name="arguments">What follows the program's name.</param>
    /// <param name="folder">Where it runs.</param>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, params string[] arguments) =>
        FinishAsync(Start(folder, new Dictionary<string, string>(), arguments));

    /// <summary>Starts the shell.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">Environment variables besides its own.</param>
    /// <param name="arguments">What follows the program's name.</param>
    public static Process Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = environment.Count > 0,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits for the end of a process.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> FinishAsync(Process process)
    {
        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output, await errors);
        }
    }
}
