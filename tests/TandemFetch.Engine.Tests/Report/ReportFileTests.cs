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
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The browser of this test is a shell script.");
        var program = Path.Join(_folder.FullName, "chromium");
        await File.WriteAllTextAsync(program, "#!/bin/sh\necho 'no display' >&2\nexit 1\n", Cancellation);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var failed = await Assert.ThrowsAsync<TandemException>(() => ReportFile.WriteAsync(
            Report, "one", PdfBrowser.Find(_folder.FullName, []), force: false, Cancellation));

        Assert.Equal(ReportErrors.PrintFailed, failed.ErrorId);
        Assert.Contains("no display", failed.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(Report)!));
    }
}
