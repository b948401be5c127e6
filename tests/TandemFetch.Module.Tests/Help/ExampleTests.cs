namespace TandemFetch.Module.Tests.Help;

public sealed class ExampleTests(ExampleRun run) : IClassFixture<ExampleRun>
{
    public static TheoryData<string> Examples => [.. ExampleRun.All.Select(example => $"{example.Page}, {example.Title}")];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Runs_as_written(string example)
    {
        var (outcome, reason) = run.Of(example);

        Assert.True(outcome == "passed", $"{outcome}: {reason}");
    }
}
