using System.Text;
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
        var file = await ReportFile.WriteAsync(Report, Text("one"), null, force: false, Cancellation);

        Assert.Equal(Report, file.FullName);
        Assert.Equal("one", await File.ReadAllTextAsync(Report, Cancellation));
        Assert.Equal([Report], Directory.GetFileSystemEntries(file.DirectoryName!));
    }

    [Fact]
    public async Task An_existing_file_is_replaced_only_by_force_and_nothing_is_left_beside_it()
    {
        await ReportFile.WriteAsync(Report, Text("one"), null, force: false, Cancellation);

        var refused = await Assert.ThrowsAsync<TandemException>(
            () => ReportFile.WriteAsync(Report, Text("two"), null, force: false, Cancellation));

        Assert.Equal(ReportErrors.Exists, refused.ErrorId);
        Assert.Equal("one", await File.ReadAllTextAsync(Report, Cancellation));
        await ReportFile.WriteAsync(Report, Text("two"), null, force: true, Cancellation);
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
            Report, Text("one"), new PdfBrowser(Environment.ProcessPath!), force: false, Cancellation));

        Assert.Equal(ReportErrors.PrintFailed, failed.ErrorId);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(Report)!));
    }

    [Fact]
    public async Task A_browser_that_does_not_start_is_an_error()
    {
        var failed = await Assert.ThrowsAsync<TandemException>(() => ReportFile.WriteAsync(
            Report, Text("one"), new PdfBrowser(Path.Join(_folder.FullName, "none")), force: false, Cancellation));

        Assert.Equal(ReportErrors.PrintFailed, failed.ErrorId);
    }

    // tests/report/check.sh prints with a real one.
    [Fact]
    public void A_browser_is_started_without_a_window_with_a_profile_and_an_address_of_its_own()
    {
        var document = Path.Join(_folder.FullName, "50 % of #1.html");

        var start = new PdfBrowser("/usr/bin/chromium").StartInfo(document, "/out/a b.pdf", "/profile");

        Assert.Equal(("/usr/bin/chromium", false), (start.FileName, start.UseShellExecute));
        Assert.Contains("--headless", start.ArgumentList);
        Assert.Contains("--user-data-dir=/profile", start.ArgumentList);
        Assert.Contains("--print-to-pdf=/out/a b.pdf", start.ArgumentList);
        Assert.EndsWith("/50%20%25%20of%20%231.html", start.ArgumentList[^1], StringComparison.Ordinal);
        Assert.StartsWith("file:///", start.ArgumentList[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_browser_on_the_PATH_is_preferred_and_one_in_a_known_place_is_found()
    {
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        var known = Path.Join(_folder.FullName, "known");
        var onPath = Path.Join(_folder.FullName, "chromium" + suffix);
        File.WriteAllText(known, "");

        Assert.EndsWith("known", Find(), StringComparison.Ordinal);
        File.WriteAllText(onPath, "");
        Assert.Equal(onPath, Find());

        string Find() => PdfBrowser.Find(_folder.FullName, [known]).StartInfo("/a", "/b", "/c").FileName;
    }

    private static Action<Stream> Text(string document) => stream => stream.Write(Encoding.UTF8.GetBytes(document));
}
