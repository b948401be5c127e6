using System.Text;
using TandemFetch.Module.Tests.Support;

namespace TandemFetch.Module.Tests;

/// <summary>
/// The pictures of the README are what the commands show of a synthetic pump. With <c>TANDEM_TESTS=renew</c>, these
/// tests write them instead.
/// </summary>
[Collection(MeasuredPump.Tests)]
public sealed class PictureTests(MeasuredPump pump)
{
    private const string Invariant = "[cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture; ";

    private static readonly string Readme = Path.Join(Repository.Folder, "README.md");
    private static readonly string Picture = Path.Join(Repository.Folder, "docs", "images", "report.svg");

    private static bool IsRenewal => Environment.GetEnvironmentVariable("TANDEM_TESTS") == "renew";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_chart_of_the_README_is_what_the_command_shows()
    {
        var chart = pump.Module.Run(
            Invariant + "Show-TandemChart -Last 12h -Until '2026-04-20 22:00' -Width 88 -Height 10").Succeeded()
            .OutputOf<string>();

        var block = $"<!-- chart -->\n```\n{string.Join('\n', chart)}\n```\n<!-- /chart -->";

        var readme = await ReadAsync(Readme);
        var (begin, end) = (
            readme.IndexOf("<!-- chart -->", StringComparison.Ordinal),
            readme.IndexOf("<!-- /chart -->", StringComparison.Ordinal) + "<!-- /chart -->".Length);
        if (IsRenewal)
        {
            await WriteAsync(Readme, readme[..begin] + block + readme[end..]);
            return;
        }

        Assert.Equal(block, readme[begin..end]);
    }

    [Fact]
    public async Task The_picture_of_the_report_is_its_first_page()
    {
        var report = pump.Module.Run(
            Invariant + "New-TandemReport picture.html -Since 2026-04-07 -Until 2026-04-21 -NoDaily").Succeeded()
            .OutputOf<FileInfo>().Single();

        var picture = ReportPicture.OfFirstPage(await ReadAsync(report.FullName));

        if (IsRenewal)
        {
            await WriteAsync(Picture, picture);
        }

        Assert.Equal(picture, await ReadAsync(Picture));
        Assert.InRange(new FileInfo(Picture).Length, 1, 150_000);
        Assert.Contains("](docs/images/report.svg)", await ReadAsync(Readme), StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(string path) =>
        (await File.ReadAllTextAsync(path, Cancellation)).ReplaceLineEndings("\n");

    private static Task WriteAsync(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return File.WriteAllTextAsync(path, text, new UTF8Encoding(false), Cancellation);
    }
}
