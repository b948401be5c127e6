using TandemFetch.Module.Tests.Support;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>What the commands that read say while a run is unfinished.</summary>
public sealed class UnfinishedWorkTests
{
    [Fact]
    public async Task Commands_warn_of_what_is_not_derived_yet()
    {
        await using var module = await SandboxedModule.StartAsync();
        module.Run($"{module.Connect}; Invoke-TandemBackfill -Stage Fetch, Parse").Succeeded();
        string[] commands =
        [
            "Get-TandemBolus", "Measure-TandemGlucose", "Invoke-TandemQuery 'FROM boluses'",
            "Export-TandemData boluses -Path boluses.csv", "New-TandemReport -Path report.html",
        ];

        foreach (var command in commands)
        {
            Assert.Contains("A run was stopped before", Assert.Single(module.Run($"{command} -WarningAction Continue").Warnings, IsOfWork), StringComparison.Ordinal);
        }

        module.Run("Invoke-TandemBackfill -Stage Parse, Derive").Succeeded();
        foreach (var command in commands)
        {
            Assert.DoesNotContain(module.Run($"{command.Replace("boluses.csv", "later.csv", StringComparison.Ordinal).Replace("report.html", "later.html", StringComparison.Ordinal)}").Warnings, IsOfWork);
        }

        static bool IsOfWork(string warning) => warning.Contains("Invoke-TandemBackfill -Stage Parse, Derive", StringComparison.Ordinal);
    }
}
