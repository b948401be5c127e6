using System.Diagnostics;
using System.Text.RegularExpressions;
using TandemFetch.Engine.Export;

namespace TandemFetch.Engine.Tests.Export;

/// <summary>What a killed export leaves behind is removed by the next one to the same path, and nothing else is.</summary>
public sealed class AbandonedExportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tandem-test-");

    private string Target => Path.Combine(_folder.FullName, "x.csv");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData(".draft")]
    public void A_file_of_a_process_that_is_gone_is_removed(string suffix)
    {
        File.WriteAllText(Left("x.csv") + suffix, "half");

        PartialName.RemoveAbandoned(Target);

        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public void A_folder_of_a_process_that_is_gone_is_removed_with_its_files()
    {
        Directory.CreateDirectory(Path.Combine(Left("x.csv"), "year=2026"));

        PartialName.RemoveAbandoned(Target);

        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public void A_folder_that_was_about_to_be_replaced_gets_its_name_back()
    {
        var set = Left("x.csv");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(set + ".old").FullName, "part.parquet"), "old");

        PartialName.RemoveAbandoned(Target);

        Assert.True(File.Exists(Path.Combine(Target, "part.parquet")));
    }

    [Fact]
    public void What_an_older_version_left_is_removed_after_a_day()
    {
        var (old, recent) = (OfOlderVersion(), OfOlderVersion());
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow - TimeSpan.FromDays(2));

        PartialName.RemoveAbandoned(Target);

        Assert.Equal([recent], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void What_another_export_is_writing_and_what_is_not_ours_stays()
    {
        string[] others =
        [
            Path.Combine(_folder.FullName, PartialName.New("x.csv")),
            Left("y.csv"),
            Path.Combine(_folder.FullName, ".x.csv.partial"),
            Path.Combine(_folder.FullName, ".x.csv.mine.partial"),
            Path.Combine(_folder.FullName, "x.csv.partial"),
            Left("x.csv") + ".mine",
            Target,
        ];
        foreach (var other in others)
        {
            File.WriteAllText(other, "mine");
        }

        PartialName.RemoveAbandoned(Target);

        Assert.Equal(others.Order(), Directory.GetFiles(_folder.FullName).Order());
    }

    /// <summary>A name as that of a process that has ended.</summary>
    private string Left(string name)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        process.WaitForExit();
        return Path.Combine(
            _folder.FullName,
            Regex.Replace(PartialName.New(name), $"-{Environment.ProcessId}-", $"-{process.Id}-"));
    }

    private string OfOlderVersion()
    {
        var path = Path.Combine(_folder.FullName, $".x.csv.{Guid.NewGuid():N}.partial");
        File.WriteAllText(path, "half");
        return path;
    }
}
