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
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["TANDEMFETCH_MODULE"] = BuiltModule.Manifest;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
