using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Report;

/// <summary>
/// Writes a report under a name beside its own, which it gets when it is complete: what was there before stays until
/// then.
/// </summary>
public static class ReportFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Checks that nothing is lost by writing to a path.</summary>
    /// <param name="path">The full path of the report.</param>
    /// <param name="databasePath">The file that is read.</param>
    /// <param name="force">Whether an existing file is replaced.</param>
    /// <exception cref="TandemException"><see cref="ReportErrors.PathInvalid"/>, <see cref="ReportErrors.Exists"/>.
    /// </exception>
    public static void Check(string path, string databasePath, bool force)
    {
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
        {
            throw Invalid(path, "is a folder");
        }

        if (FileIdentity.IsDatabase(path, databasePath))
        {
            throw Invalid(path, "is the database itself");
        }

        if (!force && File.Exists(path))
        {
            throw Exists(path, null);
        }
    }

    /// <summary>Writes a report.</summary>
    /// <param name="path">The full path of the report.</param>
    /// <param name="write">Writes the document.</param>
    /// <param name="browser">The browser that makes a PDF of it; null to write the document itself.</param>
    /// <param name="force">Whether an existing file is replaced.</param>
    /// <param name="cancellationToken">Ends the work; nothing is left behind.</param>
    /// <exception cref="TandemException">One of <see cref="ReportErrors"/>.</exception>
    public static async Task<FileInfo> WriteAsync(
        string path, Action<Stream> write, PdfBrowser? browser, bool force, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var partial = Path.Join(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.partial");

        // A browser goes by the extension.
        var html = browser is null ? partial : partial + ".html";
        try
        {
            Directory.CreateDirectory(folder);
            using (var stream = new FileStream(html, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize))
            {
                write(stream);
            }

            if (browser is not null)
            {
                await browser.PrintAsync(html, partial, cancellationToken).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            Move(partial, path, force);
            return new FileInfo(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TandemException(
                ReportErrors.Failed,
                error is UnauthorizedAccessException
                    ? TandemErrorKind.PermissionDenied
                    : TandemErrorKind.ResourceUnavailable,
                $"'{path}' could not be written: {Sentence.Of(error)}",
                path,
                error);
        }
        finally
        {
            Delete(html);
            Delete(partial);
        }
    }

    private static void Move(string partial, string path, bool force)
    {
        try
        {
            File.Move(partial, path, force);
        }
        catch (IOException error) when (!force && File.Exists(path))
        {
            throw Exists(path, error);
        }
    }

    private static void Delete(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    private static TandemException Exists(string path, Exception? cause) => new(
        ReportErrors.Exists,
        TandemErrorKind.InvalidArgument,
        $"'{path}' exists and was left as it is. -Force replaces it.",
        path,
        cause);

    private static TandemException Invalid(string path, string what) => new(
        ReportErrors.PathInvalid,
        TandemErrorKind.InvalidArgument,
        $"'{path}' {what}. Name a file for the report with -Path.",
        path);
}
