using TandemFetch.Module.Tests.Support;
using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests.Reliability;

/// <summary>The process is killed repeatedly at any point, as if the machine had lost power.</summary>
public sealed class KilledProcessTests
{
    private static bool IsLong => System.Environment.GetEnvironmentVariable("TANDEM_TESTS") == "long";

    [Fact]
    public async Task A_backfill_that_is_killed_again_and_again_ends_like_an_undisturbed_one()
    {
        await using var module = await SandboxedModule.StartAsync(
            new SandboxOptions { Days = IsLong ? 120 : 8, EndDate = new DateOnly(2026, 6, 30) });
        module.Run($"{module.Connect}; Invoke-TandemBackfill").Succeeded();
        var database = module.Folder["killed.db"];
        var undisturbed = await module.RunApartAsync(Backfill(module.Folder["undisturbed.db"], rebuild: false));
        var lines = undisturbed.Output.Split('\n').Length;
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}: to be killed after one of {lines} lines");
        var random = new Random(seed);
        var (kills, wanted) = (0, IsLong ? 100 : 4);

        // Some runs end before they are killed; the next run completes or repeats what a run left undone.
        for (var round = 0; kills < wanted && round < 4 * wanted; round++)
        {
            kills += await KillAsync(module, Backfill(database, rebuild: round % 3 > 0), random.Next(lines)) ? 1 : 0;
        }

        var clean = await module.RunApartAsync(Backfill(database, rebuild: false));
        Assert.Equal((0, ""), (clean.ExitCode, clean.Errors));
        Assert.Equal(wanted, kills);
        Assert.Equal(module.Fingerprint(module.Database), module.Fingerprint(database));
        Assert.Empty(module.Findings(database));
    }

    [Fact]
    public async Task Commands_that_write_end_like_undisturbed_ones_after_they_were_killed()
    {
        await using var module = await SandboxedModule.FilledAsync(
            new SandboxOptions { Days = IsLong ? 60 : 4, EndDate = new DateOnly(2026, 6, 30) });
        module.Run("Export-TandemData archive/ -Archive").Succeeded();
        var serial = module.Run("(Get-TandemPump).PumpSerial").Succeeded().OutputOf<string>()[0];
        string[] commands =
        [
            "Invoke-TandemBackfill -Rebuild -Database '{0}/tandem.db'",
            $"Set-TandemPump {serial} -TimeZone Europe/Vienna -Database '{{0}}/tandem.db'",
            $"Set-TandemPump {serial} -TimeZone {SandboxedModule.Zone} -Database '{{0}}/tandem.db'",
            "Import-TandemRawEvent archive -Database '{0}/imported.db'",
            "Export-TandemData raw_events '{0}/raw.csv' -Force -Database '{0}/tandem.db'",
            "Export-TandemData '{0}/archive' -Archive -Force -Database '{0}/tandem.db'",
        ];
        foreach (var folder in new[] { "undisturbed", "killed" })
        {
            Directory.CreateDirectory(module.Folder[folder]);
            File.Copy(module.Database, Path.Join(module.Folder[folder], "tandem.db"));
        }

        // An export is written without a message, so that moments are taken from its time.
        var start = await TimeAsync(() => module.RunApartAsync("Get-TandemPump"));
        List<(int Lines, TimeSpan Time)> undisturbed = [];
        foreach (var command in commands)
        {
            var lines = 0;
            var time = await TimeAsync(() =>
            {
                var run = module.Run(In("undisturbed", command)).Succeeded();
                lines = 1 + run.Verbose.Count + run.Debug.Count;
                return Task.CompletedTask;
            });
            undisturbed.Add((lines, time));
        }

        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (kills, wanted) = (0, IsLong ? 100 : 5);
        for (var round = 0; kills < wanted && round < 4 * wanted; round++)
        {
            var index = round % commands.Length;
            var command = In("killed", commands[index]);
            kills += await (random.Next(2) == 0
                ? KillAsync(module, command, random.Next(undisturbed[index].Lines))
                : KillAsync(module, command, start + (undisturbed[index].Time * random.NextDouble()))) ? 1 : 0;
        }

        foreach (var command in commands)
        {
            module.Run(In("killed", command)).Succeeded();
        }

        Assert.Equal(wanted, kills);
        foreach (var file in new[] { "tandem.db", "imported.db" })
        {
            Assert.Equal(
                module.Fingerprint(Path.Join(module.Folder["undisturbed"], file)),
                module.Fingerprint(Path.Join(module.Folder["killed"], file)));
            Assert.Empty(module.Findings(Path.Join(module.Folder["killed"], file)));
        }

        Assert.Equal(Names("undisturbed"), Names("killed"));

        // With -Debug, PowerShell would ask what to do after the warning that a run is unfinished.
        static string In(string folder, string command) =>
            command.Replace("{0}", folder, StringComparison.Ordinal) + " -Verbose -Debug -WarningAction Continue";

        // A file that was being created is removed after an hour, because it could be that of another process.
        IEnumerable<string> Names(string folder) =>
            Directory.EnumerateFileSystemEntries(module.Folder[folder], "*", SearchOption.AllDirectories)
                .Where(path => !Path.GetFileName(path).Contains(".new", StringComparison.Ordinal))
                .Select(path => Path.GetRelativePath(module.Folder[folder], path)).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_file_whose_update_to_a_newer_schema_is_killed_is_updated_by_the_next_command()
    {
        await using var module = await SandboxedModule.FilledAsync(
            new SandboxOptions { Days = 3, EndDate = new DateOnly(2026, 6, 30) });
        var old = module.Folder["old.db"];
        File.Copy(module.Database, old);
        MakeOld(module, old);
        var updated = module.Folder["updated.db"];
        File.Copy(old, updated);
        var time = await TimeAsync(async () =>
        {
            var run = await module.RunApartAsync(In(updated));
            Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        });

        for (var kill = 0; kill < (IsLong ? 30 : 2); kill++)
        {
            var killed = module.Folder[$"killed{kill}.db"];
            File.Copy(old, killed);
            await KillAsync(module, In(killed), time * Random.Shared.NextDouble());

            module.Run(In(killed)).Succeeded();
            Assert.Equal(module.Fingerprint(updated), module.Fingerprint(killed));
            Assert.Empty(module.Findings(killed));
        }

        static string In(string database) => $"Invoke-TandemBackfill -Stage Parse -Database '{database}'";
    }

    /// <summary>
    /// Takes a file back to schema version 13, before the schema <c>bookkeeping</c> existed. What later versions have
    /// added to it stays as tables that nobody reads.
    /// </summary>
    private static void MakeOld(SandboxedModule module, string database) => module.Run(
        $$"""
        $moved = Get-TandemTable -All -Database '{{database}}' | Where-Object Table -Like 'bookkeeping.*' | ForEach-Object {
            "CREATE TABLE main.$($_.Table -replace '.*\.') AS FROM $($_.Table);"
        }
        Invoke-TandemQuery "$moved DROP SCHEMA bookkeeping CASCADE; DELETE FROM main.schema_migrations WHERE version > 13" -AllowWrite -Confirm:$false -Database '{{database}}'
        """).Succeeded();

    private static async Task<TimeSpan> TimeAsync(Func<Task> run)
    {
        var started = TimeProvider.System.GetTimestamp();
        await run();
        return TimeProvider.System.GetElapsedTime(started);
    }

    private static string Backfill(string database, bool rebuild) =>
        $"Invoke-TandemBackfill -Database '{database}' -Verbose -Debug" + (rebuild ? " -Rebuild" : "");

    /// <summary>Kills a run after this many messages.</summary>
    /// <returns>Whether it was still running.</returns>
    private static async Task<bool> KillAsync(SandboxedModule module, string command, int lines)
    {
        var process = module.Start(command);
        for (var line = 0; line < lines; line++)
        {
            if (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is null)
            {
                break;
            }
        }

        return await KillAsync(process);
    }

    /// <summary>Kills a run after this time.</summary>
    /// <returns>Whether it was still running.</returns>
    private static async Task<bool> KillAsync(SandboxedModule module, string command, TimeSpan time)
    {
        var process = module.Start(command);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Task.WhenAny(output, Task.Delay(time, TestContext.Current.CancellationToken));
        return await KillAsync(process);
    }

    private static async Task<bool> KillAsync(System.Diagnostics.Process process)
    {
        process.Kill();
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(errors.Length == 0, errors);
        using (process)
        {
            return process.ExitCode != 0;
        }
    }
}
