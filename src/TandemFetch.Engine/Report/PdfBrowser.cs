using System.ComponentModel;
using System.Diagnostics;

namespace TandemFetch.Engine.Report;

/// <summary>A browser of the Chromium family, which makes a PDF of a document without showing a window.</summary>
/// <param name="path">The program.</param>
public sealed class PdfBrowser(string path)
{
    private static readonly TimeSpan LongestPrint = TimeSpan.FromMinutes(2.0);

    private static readonly string[] Names =
    [
        "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge",
    ];

    private static readonly string[] KnownPlaces =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        Program(Environment.SpecialFolder.ProgramFiles, "Google", "Chrome", "Application", "chrome.exe"),
        Program(Environment.SpecialFolder.LocalApplicationData, "Google", "Chrome", "Application", "chrome.exe"),
        Program(Environment.SpecialFolder.ProgramFilesX86, "Microsoft", "Edge", "Application", "msedge.exe"),
    ];

    /// <summary>Finds the browser that is installed.</summary>
    /// <param name="searchPath">Folders to search first, as in the variable <c>PATH</c>.</param>
    /// <exception cref="TandemException"><see cref="ReportErrors.BrowserNotFound"/>.</exception>
    public static PdfBrowser Find(string? searchPath) => Find(searchPath, KnownPlaces);

    /// <summary>Finds a browser.</summary>
    /// <param name="searchPath">Folders to search first, as in the variable <c>PATH</c>.</param>
    /// <param name="knownPlaces">Where else it may be.</param>
    /// <exception cref="TandemException"><see cref="ReportErrors.BrowserNotFound"/>.</exception>
    internal static PdfBrowser Find(string? searchPath, IEnumerable<string> knownPlaces)
    {
        var folders = (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        var found = Names.SelectMany(name => folders.Select(folder => Path.Join(folder, name + suffix)))
            .Concat(knownPlaces)
            .FirstOrDefault(File.Exists);
        return found is not null
            ? new PdfBrowser(found)
            : throw new TandemException(
                ReportErrors.BrowserNotFound,
                TandemErrorKind.NotFound,
                "A PDF needs Chromium, Chrome or Edge, and none was found on the PATH. Install one, or leave -AsPdf "
                + "away and print the HTML file from a browser.");
    }

    /// <summary>Prints a document.</summary>
    /// <param name="document">The HTML file.</param>
    /// <param name="target">The PDF to write.</param>
    /// <param name="cancellationToken">Ends the browser.</param>
    /// <exception cref="TandemException"><see cref="ReportErrors.PrintFailed"/>.</exception>
    public async Task PrintAsync(string document, string target, CancellationToken cancellationToken)
    {
        var profile = Directory.CreateTempSubdirectory("tandemfetch-print-");
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(LongestPrint);
            var errors = await RunAsync(document, target, profile.FullName, limit.Token).ConfigureAwait(false);
            if (!File.Exists(target))
            {
                throw Failed(errors.Trim().Split('\n')[^1], null);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed("it did not end within two minutes.", null);
        }
        catch (Win32Exception error)
        {
            throw Failed(error.Message, error);
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }

    /// <summary>How the browser is started.</summary>
    /// <param name="document">The HTML file.</param>
    /// <param name="target">The PDF to write.</param>
    /// <param name="profile">An empty folder, so that it does not join a browser that is open.</param>
    internal ProcessStartInfo StartInfo(string document, string target, string profile)
    {
        var start = new ProcessStartInfo(path)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        string[] arguments =
        [
            "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--no-pdf-header-footer",
            $"--user-data-dir={profile}", $"--print-to-pdf={target}", new Uri(document).AbsoluteUri,
        ];

        // Chromium does not start in its sandbox as root, which it often is in containers. The document has no script.
        foreach (var argument in OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
            ? arguments.Prepend("--no-sandbox")
            : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private async Task<string> RunAsync(
        string document, string target, string profile, CancellationToken cancellationToken)
    {
        var start = StartInfo(document, target, profile);
        using var process = Process.Start(start) ?? throw Failed("it did not start.", null);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = await process.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return errors;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private TandemException Failed(string reason, Exception? cause) => new(
        ReportErrors.PrintFailed,
        TandemErrorKind.ResourceUnavailable,
        $"'{path}' made no PDF: {reason}",
        path,
        cause);

    private static string Program(Environment.SpecialFolder folder, params string[] parts) =>
        Path.Join([Environment.GetFolderPath(folder), .. parts]);
}
