using System.Diagnostics;
using System.Management.Automation.Language;
using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox;
using TandemFetch.Sandbox.Faults;
using TandemFetch.Sandbox.Nightscout;

namespace TandemFetch.Module.Tests.Reliability;

/// <summary>Ctrl+C in every command of the manifest, whatever the command is doing.</summary>
public sealed class StopTests(StopTests.Filled filled) : IClassFixture<StopTests.Filled>, IDisposable
{
    private const string Slow = "SELECT count(*) FROM range(1_000_000) AS a, range(1_000_000) AS b WHERE hash(a.range, b.range) = 0";

    // {0} stands for -Database and -LockTimeout, {folder} for a folder, {connect} for the command that signs in,
    // {nightscout} for a site and its secret.
    private static readonly Dictionary<string, StopCase> Cases = new()
    {
        ["Compare-TandemPeriod"] = new("Compare-TandemPeriod -Since 2026-04-19 -Until 2026-04-21 {0}"),
        ["Connect-TandemSource"] = new("{connect}") { AsksServer = true, OpensFile = false },
        ["Disconnect-TandemSource"] = new("Disconnect-TandemSource -Confirm:$false") { Before = "{connect}", OpensFile = false },
        ["Export-TandemData"] = new("Export-TandemData raw_events '{folder}/raw.csv' -Force {0}") { LongQuery = $"Export-TandemData -Query '{Slow}' '{{folder}}/slow.csv' -Force {{0}}" },
        ["Get-TandemAssistantConfiguration"] = new("Get-TandemAssistantConfiguration {0}") { OpensFile = false },
        ["Get-TandemAssistantLog"] = new("Get-TandemAssistantLog -Verbose") { OpensFile = false },
        ["Get-TandemConfiguration"] = new("Get-TandemConfiguration -Verbose") { OpensFile = false },
        ["Get-TandemPump"] = new("Get-TandemPump {0}") { Before = "{connect}", AsksServer = true, OpensFile = false },
        ["Import-TandemRawEvent"] = new("Import-TandemRawEvent '{folder}/entries.parquet' -TimeZone America/New_York -Confirm:$false {0}") { Writes = true, Before = "Export-TandemData raw_events '{folder}/entries.parquet' -Force {0}" },
        ["Invoke-TandemBackfill"] = new("Invoke-TandemBackfill -Rebuild -Confirm:$false {0}") { Writes = true, Before = "{connect}", AsksServer = true },
        ["Invoke-TandemQuery"] = new("Invoke-TandemQuery 'FROM events' {0}") { LongQuery = $"Invoke-TandemQuery '{Slow}' {{0}}" },
        ["Measure-TandemGlucose"] = new("Measure-TandemGlucose -By Day {0}"),
        ["Measure-TandemInsulin"] = new("Measure-TandemInsulin -By Day {0}"),
        ["New-TandemReport"] = new("New-TandemReport '{folder}/report.html' -Force {0}"),
        ["Publish-TandemLake"] = new("Publish-TandemLake '{folder}/stopped-lake' -Confirm:$false {0}"),
        ["Publish-TandemNightscout"] = new("Publish-TandemNightscout {nightscout} -Confirm:$false {0}")
        {
            Writes = true,
            Before = "$null = Invoke-TandemQuery 'DELETE FROM bookkeeping.nightscout_documents; "
                + "DELETE FROM bookkeeping.nightscout_marks' -AllowWrite -Confirm:$false {0}",
            AsksServer = true,
        },
        ["Set-TandemConfiguration"] = new("Set-TandemConfiguration -ReportTitle $null -PassThru -Verbose -Confirm:$false") { OpensFile = false },
        ["Set-TandemPump"] = new("Set-TandemPump $serial -TimeZone (@('America/Chicago', 'America/New_York')[$global:turn++ % 2]) -Confirm:$false {0}") { Writes = true, Before = "$global:serial = Invoke-TandemQuery 'SELECT serial_number FROM pumps' -As Scalar {0}" },
        ["Show-TandemChart"] = new("Show-TandemChart {0}"),
        ["Start-TandemAssistantServer"] = new("Start-TandemAssistantServer -Confirm:$false {0}") { OpensFile = false },
        ["Test-TandemDatabase"] = new("Test-TandemDatabase {0}"),
        ["Test-TandemLake"] = new("Test-TandemLake '{folder}/lake'") { Before = "$null = Publish-TandemLake '{folder}/lake' {0}", OpensFile = false },
        ["Watch-TandemSource"] = new("Watch-TandemSource -Interval 1h -Confirm:$false {0}") { Writes = true, Before = "{connect}", AsksServer = true, Undisturbed = "Watch-TandemSource -Interval 1h -Confirm:$false {0} | Select-Object -First 1" },
        ["Write-TandemTable"] = new(
            "1..2000 | ForEach-Object { [pscustomobject]@{ Number = $_; Note = 'stopped' } } "
            + "| Write-TandemTable stopped -Confirm:$false {0}")
        { Writes = true },
    };

    private readonly SandboxedModule _module = filled.Module;
    private int _stopped;

    /// <summary>All commands of the manifest.</summary>
    public static TheoryData<string> Commands => [.. Exported()];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _module.Server.Faults.Clear();
        filled.Nightscout.Faults.Clear();
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_that_is_stopped_leaves_a_whole_file_and_no_lock(string command)
    {
        var stop = CaseOf(command);
        var database = _module.Folder[$"{command}.db"];
        File.Copy(_module.Database, database);
        var text = Fill(stop.Command, database);
        Prepare(stop, database);
        var records = _module.Run(Fill(stop.Undisturbed ?? stop.Command, database)).Succeeded().Records;
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"{command}: {records} records, seed {seed}");
        var random = new Random(seed);

        await StopAsync(stop, text, database, 0);
        for (var round = 0; round < (stop.Writes ? 3 : 1); round++)
        {
            await StopAsync(stop, text, database, random.Next(records) + 1);
        }

        if (stop.AsksServer)
        {
            await StopWhileTheServerIsSilentAsync(stop, text, database);
        }

        if (stop.OpensFile)
        {
            using var refusal = new RefusedOpen(filled.Held);
            await StopAsync(stop, Fill(stop.Command, filled.Held), database, refusal.Happened);
        }

        if (stop.LongQuery is { } query)
        {
            await StopAsync(stop, Fill(query, database), database, Task.Run(() => Thread.SpinWait(random.Next(50_000_000)), Cancellation));
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{command}: {_stopped} stopped before their end");

        var next = stop.Writes ? $"; $null = Invoke-TandemBackfill -LockTimeout 0 -Database '{database}'" : "";
        Assert.Equal("", await filled.Other.RunAsync($"$null = {Writer(database)}{next}"));
        if (stop.Writes)
        {
            Assert.Empty(_module.Findings(database));
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_whose_output_nobody_wants_any_more_leaves_a_whole_file_and_no_lock(string command)
    {
        var stop = CaseOf(command);
        var database = _module.Folder[$"{command}.broken.db"];
        File.Copy(_module.Database, database);
        Prepare(stop, database);

        _module.Run($"do {{ {Fill(stop.Command, database)} | ForEach-Object {{ break }} }} while ($false)").Succeeded();

        AssertFree(stop, database);
        Assert.Equal("", await filled.Other.RunAsync($"$null = {Writer(database)}"));
    }

    /// <summary>Most commands that list rows need only a file.</summary>
    private static StopCase CaseOf(string command) => Cases.GetValueOrDefault(command)
        ?? (command.StartsWith("Get-", StringComparison.Ordinal)
            ? new StopCase($"{command} {{0}}")
            : throw new InvalidOperationException($"How is {command} stopped? Say it in {nameof(Cases)}."));

    private static IEnumerable<string> Exported()
    {
        var manifest = Parser.ParseFile(BuiltModule.Manifest, out _, out _);
        var table = (HashtableAst)manifest.Find(part => part is HashtableAst, searchNestedScriptBlocks: true);
        return ((System.Collections.IDictionary)table.SafeGetValue())["CmdletsToExport"] is object[] names ? names.Cast<string>() : [];
    }

    private static string Writer(string database, int lockTimeout = 0) =>
        $"Invoke-TandemQuery 'SELECT 1' -AllowWrite -Confirm:$false -LockTimeout {lockTimeout} -Database '{database}'";

    private string Fill(string text, string database) => text
        .Replace(
            "{0}",
            // With -Debug, PowerShell asks after each warning whether to continue.
            $"-Database '{database}' -LockTimeout 86400 -Verbose -Debug -WarningAction Continue",
            StringComparison.Ordinal)
        .Replace("{folder}", _module.Folder.FullPath, StringComparison.Ordinal)
        .Replace("{connect}", _module.Connect, StringComparison.Ordinal)
        .Replace(
            "{nightscout}",
            $"{filled.Nightscout.BaseAddress} -Credential (Credential '{new NightscoutOptions().ApiSecret}')",
            StringComparison.Ordinal);

    private void Prepare(StopCase stop, string database)
    {
        if (stop.Before is { } before)
        {
            _module.Run(Fill(before, database)).Succeeded();
        }
    }

    private async Task StopWhileTheServerIsSilentAsync(StopCase stop, string text, string database)
    {
        Prepare(stop, database);
        var rule = new FaultRule { Kind = FaultKind.Delay, Delay = (int)HeldResponses.Delay.TotalMilliseconds };
        _module.Server.Faults.Add(rule);
        filled.Nightscout.Faults.Add(rule);
        await StopAsync(stop with { Before = null }, text, database, filled.Time.NextAsync());
        _module.Server.Faults.Clear();
        filled.Nightscout.Faults.Clear();
    }

    /// <summary>Stops a command that would not end by itself.</summary>
    private async Task StopAsync(StopCase stop, string text, string database, Task moment)
    {
        Prepare(stop, database);
        var run = await _module.RunUntilAsync(text, moment);

        Assert.True(AssertStopped(stop, run, database), $"{text} was over: {string.Join("; ", run.Errors)}");
    }

    /// <summary>Stops a command once it has written this many records.</summary>
    private async Task StopAsync(StopCase stop, string text, string database, int records)
    {
        Prepare(stop, database);

        AssertStopped(stop, await _module.RunUntilAsync(text, records), database);
    }

    /// <returns>Whether it was stopped before its end.</returns>
    private bool AssertStopped(StopCase stop, ScriptRun run, string database)
    {
        var stopped = run.ErrorIds.Contains("PipelineStopped");
        Assert.DoesNotContain(run.ErrorIds, id => id != "PipelineStopped");
        _stopped += stopped ? 1 : 0;
        AssertFree(stop, database);
        return stopped;
    }

    /// <summary>
    /// A writer can open the file, and if the command writes, the file is consistent; notes about unfinished work are
    /// allowed. On a busy machine, the prompt returns before a stopped command has finished its last statement, so the
    /// writer waits for that.
    /// </summary>
    private void AssertFree(StopCase stop, string database)
    {
        _module.Run(Writer(database, lockTimeout: 86400)).Succeeded();
        if (stop.Writes)
        {
            Assert.Empty(_module.Run($"Test-TandemDatabase -Database '{database}'").Succeeded().OutputOf<IntegrityCheck>()
                .Where(check => !check.Passed && check.Severity == IntegritySeverity.Fault).Select(check => $"{check.Name} {check.Count}"));
        }
    }

    /// <summary>A command, and when to stop it.</summary>
    private sealed record StopCase(string Command)
    {
        /// <summary>What runs before each attempt without being stopped.</summary>
        public string? Before { get; init; }

        /// <summary>Whether it changes the file. A command that only reads can leave a lock, and no damage.</summary>
        public bool Writes { get; init; }

        /// <summary>Whether it sends requests.</summary>
        public bool AsksServer { get; init; }

        /// <summary>Whether it waits for another process to release the file.</summary>
        public bool OpensFile { get; init; } = true;

        /// <summary>A command that ends by itself and writes the same records, if this one does not.</summary>
        public string? Undisturbed { get; init; }

        /// <summary>The same command with work that would take hours.</summary>
        public string? LongQuery { get; init; }
    }

    /// <summary>A file with some days of log, and one that another process holds.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        private Process _holder = null!;

        internal SandboxedModule Module { get; private set; } = null!;

        internal NightscoutServer Nightscout { get; private set; } = null!;

        internal OtherProcess Other { get; private set; } = null!;

        internal HeldResponses Time { get; } = new();

        internal string Held => Module.Folder["held.db"];

        public async ValueTask InitializeAsync()
        {
            Module = await SandboxedModule.FilledAsync(
                new SandboxOptions { Days = 6, EndDate = new DateOnly(2026, 6, 30), TimeProvider = Time });
            Nightscout = await NightscoutServer.StartAsync(new NightscoutOptions { TimeProvider = Time }, Cancellation);
            File.Copy(Module.Database, Held);
            Other = new OtherProcess(Module);
            _holder = Module.Start(
                $"{Writer(Held)} | ForEach-Object {{ [Console]::Out.WriteLine('holding'); $null = [Console]::In.ReadLine() }}");
            Assert.Equal("holding", await _holder.StandardOutput.ReadLineAsync(Cancellation));
        }

        public async ValueTask DisposeAsync()
        {
            await _holder.StandardInput.WriteLineAsync();
            await ShellProcess.FinishAsync(_holder);
            await Other.DisposeAsync();
            await Nightscout.DisposeAsync();
            await Module.DisposeAsync();
        }
    }
}
