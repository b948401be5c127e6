using System.ComponentModel;
using System.Diagnostics;
using TandemFetch.Engine;
using TandemFetch.Engine.Report;

namespace TandemFetch.Hosting;

/// <summary>Opens a file with the program that this machine has for it.</summary>
internal static class FileViewer
{
    /// <summary>Opens a file, and does not wait until it is closed.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="start">Starts a program.</param>
    /// <exception cref="TandemException"><see cref="ReportErrors.NotOpened"/>.</exception>
    public static void Open(string path, Func<ProcessStartInfo, IDisposable?> start)
    {
        try
        {
            // The shell of the system chooses the program; null means that a running one shows the file.
            using var viewer = start(new ProcessStartInfo(path) { UseShellExecute = true });
        }
        catch (Win32Exception error)
        {
            throw new TandemException(
                ReportErrors.NotOpened,
                TandemErrorKind.ResourceUnavailable,
                $"'{path}' is written, but was not opened: {error.Message}. Open it in a browser.",
                path,
                error);
        }
    }
}
