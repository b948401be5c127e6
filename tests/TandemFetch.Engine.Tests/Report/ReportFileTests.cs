using TandemFetch.Engine.Report;

namespace TandemFetch.Engine.Tests.Report;

/// <summary>How a report gets onto the disk.</summary>
public sealed class ReportFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tandemfetch-report-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Report => Path.Join(_folder.FullName, "new", "report.html");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_report_is_written_into_a_folder_that_is_created()
    {
        var file = await ReportFile.WriteAsync(Report, "one", null, force: false, Cancellation);

        Assert.Equal(Report, file.FullName);
        Assert.Equal("one", await File.ReadAllTextAsync(Report, Cancellation));
        Assert.Equal([Report], Directory.GetFileSystemEntries(file.DirectoryName!));
    }

    [Fact]
    public async Task An_existing_file_is_replaced_only_by_force_and_nothing_is_left_beside_it()
    {
        await ReportFile.WriteAsync(Report, "one", null, force: false, Cancellation);

        var refused = await Assert.ThrowsAsync<TandemException>(
            () => ReportFile.WriteAsync(Report, "two", null, force: false, Cancellation));

        Assert.Equal(ReportErrors.Exists, refused.ErrorId);
        Assert.Equal("one", await File.ReadAllTextAsync(Report, Cancellation));
        await ReportFile.WriteAsync(Report, "two", null, force: true, Cancellation);
        Assert.Equal("two", await File.ReadAllTextAsync(Report, Cancellation));
        Assert.Equal([Report], Directory.GetFileSystemEntries(Path.GetDirectoryName(Report)!));
    }

    [Fact]
    public async Task The_database_and_folders_are_refused()
    {
        var database = Path.Join(_folder.FullName, "tandem.db");
        await File.WriteAllTextAsync(database, "data", Cancellation);

        foreach (var path in new[] { database, _folder.FullName })
        {
            var refused = Assert.Throws<TandemException>(() => ReportFile.Check(path, database, force: true));
            Assert.Equal(ReportErrors.PathInvalid, refused.ErrorId);
        }
    }

    [Fact]
    public void Without_a_browser_there_is_an_error_of_its_own()
    {
        var missing = Assert.Throws<TandemException>(() => PdfBrowser.Find(_folder.FullName, []));

        Assert.Equal(ReportErrors.BrowserNotFound, missing.ErrorId);
    }

    [Fact]
    public async Task A_browser_that_prints_nothing_is_an_error_and_leaves_nothing()
    {
        // The program of this process understands none of a browser's options.
        var failed = await Assert.ThrowsAsync<TandemException>(() => ReportFile.WriteAsync(
            Report, "one", new PdfBrowser(Environment.ProcessPath!), force: false, Cancellation));

        Assert.Equal(ReportErrors.PrintFailed, failed.ErrorId);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(Report)!));
    }

    [Fact]
    public async Task A_browser_that_does_not_start_is_an_error()
    {
        var failed = await Assert.ThrowsAsync<TandemException>(() => ReportFile.WriteAsync(
            Report, "one", new PdfBrowser(Path.Join(_folder.FullName, "none")), force: false, Cancellation));

        Assert.Equal(ReportErrors.PrintFailed, failed.ErrorId);
    }

    [Fact]
    public async Task An_installed_browser_prints_a_pdf()
    {
        PdfBrowser browser;
        try
        {
            browser = PdfBrowser.Find(Environment.GetEnvironmentVariable("PATH"));
        }
        catch (TandemException missing)
        {
            Assert.Skip(missing.Message);
            throw;
        }

        var file = await ReportFile.WriteAsync(
            Path.ChangeExtension(Report, ".pdf"), "<!DOCTYPE html><p>x</p>", browser, force: false, Cancellation);

        Assert.StartsWith(
            "%PDF-", await File.ReadAllTextAsync(file.FullName, Cancellation), StringComparison.Ordinal);
        Assert.Equal([file.FullName], Directory.GetFileSystemEntries(file.DirectoryName!));
    }
}
