using TandemFetch.Module.Tests.Support;

namespace TandemFetch.Module.Tests.Reliability;

/// <summary>Several processes use one file.</summary>
public sealed class LockTests(LockTests.Filled filled) : IClassFixture<LockTests.Filled>
{
    private const string Hold = "[Console]::Out.WriteLine('holding'); $null = [Console]::In.ReadLine()";

    // A process that opens and closes a file that it holds would lose its lock.
    private const string Look = "$null = Get-TandemPump -Database {0}; ";

    [Theory]
    [InlineData("Invoke-TandemQuery 'SELECT 1' -AllowWrite -Confirm:$false -Database {0} | ForEach-Object { " + Hold + " }", "Get-TandemBolus -Database {0}")]
    [InlineData("Get-TandemRawEvent -Database {0} | ForEach-Object { if (-not $told) { $told = 1; " + Hold + " } }", "Invoke-TandemBackfill -Database {0}")]
    [InlineData("Invoke-TandemQuery 'SELECT 1' -AllowWrite -Confirm:$false -Database {0} | ForEach-Object { " + Hold + " }", "Test-TandemDatabase -Database {0}")]
    [InlineData("Invoke-TandemQuery 'SELECT 1' -AllowWrite -Confirm:$false -Database {0} | ForEach-Object { " + Look + Hold + " }", "Get-TandemBolus -Database {0}")]
    [InlineData("Get-TandemRawEvent -Database {0} | ForEach-Object { if (-not $told) { $told = 1; " + Look + Hold + " } }", "Invoke-TandemBackfill -Database {0}")]
    public async Task The_holder_is_named_and_when_it_lets_go_in_time_nobody_notices(string hold, string command)
    {
        var module = filled.Module;
        var database = filled.Copy();
        hold = hold.Replace("{0}", $"'{database}'", StringComparison.Ordinal);
        command = command.Replace("{0}", $"'{database}'", StringComparison.Ordinal);
        using var holder = module.Start(hold);
        Assert.Equal("holding", await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        var refused = module.Run($"{command} -LockTimeout 0");
        using var refusal = new RefusedOpen(database);
        var waiting = Task.Run(() => module.Run($"{command} -LockTimeout 86400"), TestContext.Current.CancellationToken);
        await Task.WhenAny(refusal.Happened, waiting);
        var waitsForHolder = !waiting.IsCompleted;
        await holder.StandardInput.WriteLineAsync();
        var waited = await waiting;

        Assert.Equal(["TandemFetch.DatabaseLocked"], refused.ErrorIds);
        Assert.Contains($"(PID {holder.Id})", refused.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("TandemFetch.Shell", refused.Error.Exception.Message, StringComparison.Ordinal);
        waited.Succeeded();
        Assert.True(waitsForHolder);
        await ShellProcess.FinishAsync(holder);
    }

    [Fact]
    public async Task Two_backfills_at_once_end_like_one()
    {
        var module = filled.Module;
        var database = module.Folder["both.db"];
        var command = $"$null = Invoke-TandemBackfill -Database '{database}' -LockTimeout 86400";

        var runs = await Task.WhenAll(module.RunApartAsync(command), module.RunApartAsync(command));

        Assert.All(runs, run => Assert.Equal((0, ""), (run.ExitCode, run.Errors)));
        Assert.Equal(module.Fingerprint(module.Database), module.Fingerprint(database));
        Assert.Empty(module.Findings(database));
    }

    [Theory]
    [InlineData("Get-TandemRawEvent")]
    [InlineData("Get-TandemEvent")]
    [InlineData("Get-TandemCgmReading")]
    [InlineData("Get-TandemPump")]
    [InlineData("Get-TandemPipelineRun")]
    [InlineData("Get-TandemTable")]
    [InlineData("Test-TandemDatabase")]
    [InlineData("Invoke-TandemQuery 'FROM events'")]
    [InlineData("Invoke-TandemQuery 'FROM events' -AllowWrite -Confirm:$false")]
    [InlineData("Invoke-TandemBackfill -Stage Parse, Derive -Rebuild")]
    public async Task A_pipeline_that_is_broken_off_downstream_leaves_no_lock(string command)
    {
        var module = filled.Module;
        var database = filled.Copy();

        var run = module.Run($"do {{ {command} -Database '{database}' | ForEach-Object {{ break }} }} while ($false)").Succeeded();

        Assert.Empty(run.Output);
        module.Run($"Invoke-TandemQuery 'SELECT 1' -AllowWrite -Confirm:$false -LockTimeout 86400 -Database '{database}'").Succeeded();
        module.Run($"Invoke-TandemBackfill -Database '{database}'").Succeeded();
        Assert.Empty(module.Findings(database));
    }

    /// <summary>A file with a few days of log, and copies of it.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        private int _copies;

        internal SandboxedModule Module { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Module = await SandboxedModule.FilledAsync();

        public ValueTask DisposeAsync() => Module.DisposeAsync();

        /// <summary>The path of a new copy.</summary>
        internal string Copy()
        {
            var path = Module.Folder[$"copy{++_copies}.db"];
            File.Copy(Module.Database, path);
            return path;
        }
    }
}
