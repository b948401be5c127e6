using TandemFetch.Module.Tests.Support;

namespace TandemFetch.Module.Tests;

public sealed class QuickStartTests
{
    [Fact]
    public async Task The_quick_start_runs_and_finds_nothing_new_the_second_time()
    {
        using var folder = new TemporaryFolder();
        var script = Path.Join(BuiltModule.Folder, "examples", "quickstart.ps1");

        var first = await ShellProcess.RunAsync(folder.FullPath, "--sandbox", "--days", "8", script);
        var second = await ShellProcess.RunAsync(folder.FullPath, "--sandbox", "--days", "8", script);

        Assert.Equal((0, ""), (first.ExitCode, first.Errors));
        Assert.Equal((0, ""), (second.ExitCode, second.Errors));
        Assert.Contains("new entries", first.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing new", second.Output, StringComparison.Ordinal);
        Assert.Contains("in range %", second.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["data/tandem.db"]));
    }
}
