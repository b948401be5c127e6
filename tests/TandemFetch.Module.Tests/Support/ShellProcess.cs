using System.Diagnostics;

namespace TandemFetch.Module.Tests.Support;

/// <summary>The shell in its own process.</summary>
internal static class ShellProcess
{
    private static readonly string Program =
        Path.Join(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "TandemFetch.Shell.exe" : "TandemFetch.Shell");

    /// <summary>Runs the shell and waits for its end.</summary>
    /// <param name="arguments">The arguments of the program.</param>
    /// <param name="folder">Its working directory.</param>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, params string[] arguments) =>
        FinishAsync(Start(folder, new Dictionary<string, string>(), arguments));

    /// <summary>Starts the shell.</summary>
    /// <param name="folder">Its working directory.</param>
    /// <param name="environment">Additional environment variables.</param>
    /// <param name="arguments">The arguments of the program.</param>
    public static Process Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
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

    /// <summary>Waits for the end of a process. It gets no more input, so that a question ends it instead of waiting.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> FinishAsync(Process process)
    {
        using (process)
        {
            if (process.StartInfo.RedirectStandardInput)
            {
                process.StandardInput.Close();
            }

            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output, await errors);
        }
    }
}
