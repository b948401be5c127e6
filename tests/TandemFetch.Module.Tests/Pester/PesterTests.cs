namespace TandemFetch.Module.Tests.Pester;

/// <summary>The tests in <c>tests/Pester</c>, which run in pwsh as a user would.</summary>
public sealed class PesterTests(PesterRun run) : IClassFixture<PesterRun>
{
    /// <summary>All tests, by file and name; a test with <c>-ForEach</c> counts once.</summary>
    public static TheoryData<string> Tests => [.. PesterRun.Written()];

    [Theory]
    [MemberData(nameof(Tests))]
    public void Passes_in_pwsh(string test)
    {
        var outcomes = run.Of(test);

        Assert.NotEmpty(outcomes);
        Assert.All(outcomes, outcome => Assert.True(outcome.Result == "Passed", $"{outcome.Name}: {outcome.Result} {outcome.Message}"));
    }

    [Fact]
    public void Every_test_that_ran_is_listed_and_nothing_failed_outside_of_a_test()
    {
        Assert.Empty(run.Names.Except(PesterRun.Written()));
        Assert.Empty(run.FailuresOutside);
    }

    [Fact]
    public void The_tests_in_pwsh_and_those_in_this_process_have_one_version_of_PowerShell() =>
        Assert.Equal(EngineVersion(), run.PowerShellVersion);

    private static string EngineVersion()
    {
        using var session = new Support.PowerShellSession();
        return (string)session.Run("\"$($PSVersionTable.PSVersion)\"").Succeeded().Output.Single()!;
    }
}
