using TandemFetch.Module.Tests.Support;

namespace TandemFetch.Module.Tests;

public sealed class QuickStartTests
{
    [Fact]
    public async Task The_quick_start_runs_and_finds_nothing_new_the_second_time()
    {
        using var folder = new TemporaryFolder();
        var script = Path.Join(BuiltModule.Folder, "examples", "quickstart.ps1");

        string[] call = ["--sandbox", "--days", "8", "--end-date", "2026-04-20", script, "-Since", "2026-04-01"];

        var first = await ShellProcess.RunAsync(folder.FullPath, call);
        var second = await ShellProcess.RunAsync(folder.FullPath, call);

        Assert.Equal((0, ""), (first.ExitCode, first.Errors));
        Assert.Equal((0, ""), (second.ExitCode, second.Errors));
        Assert.Contains("new entries", first.Output, StringComparison.Ordinal);
        Assert.Contains("2026-04-20 23:", first.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', first.Output);
        Assert.Contains("Nothing new", second.Output, StringComparison.Ordinal);
        Assert.Contains("in range %", second.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["data/tandem.db"]));
    }
}
