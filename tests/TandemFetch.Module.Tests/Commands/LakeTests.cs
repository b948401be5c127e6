using System.Management.Automation;
using TandemFetch.Hosting;
using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>Commands that read a lake instead of the database, and those that publish and check it.</summary>
[Collection(MeasuredPump.Tests)]
public sealed class LakeTests(MeasuredPump pump)
{
    // What a lake does not have, by the command that reads it.
    private static readonly HashSet<string> OfLog =
        ["Get-TandemEvent", "Get-TandemPipelineRun", "Get-TandemRawEvent"];

    private static readonly Dictionary<string, string> Arguments = new()
    {
        ["Compare-TandemPeriod"] = "-Since 2026-04-13 -Until 2026-04-20 -Seed 1",
        ["Export-TandemData"] = "boluses '{folder}/boluses.csv' -Column id, timestamp, delivered -Force | Out-Null; "
            + "Get-Content '{folder}/boluses.csv' | ForEach-Object { \"$_\" }",
        ["Get-TandemTable"] = "boluses, cgm_readings | Select-Object Table, Rows, First, Last, Description",
        ["Invoke-TandemQuery"] = "'SELECT day, cgm_readings, basal_units FROM daily_totals ORDER BY day'",
        ["New-TandemReport"] = "'{folder}/report.html' -Force | Out-Null; (Get-FileHash '{folder}/report.html').Hash",
    };

    private const string Key = "a key for tests that is longer than 32 characters";

    public static TheoryData<string> Commands =>
    [
        .. ModuleCommands.Types.Where(type => type.GetProperty("Lake")?.IsDefined(typeof(ParameterAttribute), true) == true)
            .Select(ModuleCommands.NameOf),
    ];

    private SandboxedModule Module => pump.Module;

    [Fact]
    public void Every_command_that_reads_what_is_stored_reads_a_lake()
    {
        var readers = ModuleCommands.Types.Where(type =>
            typeof(DatabaseCommand).IsAssignableFrom(type)
            && (type.Name.StartsWith("Get", StringComparison.Ordinal)
                || type.Name.StartsWith("Measure", StringComparison.Ordinal))
            && !typeof(AssistantCommand).IsAssignableFrom(type));

        Assert.True(readers.Count() > 20);
        Assert.All(readers, type => Assert.Contains(ModuleCommands.NameOf(type), Commands.Select(row => row.Data)));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_gives_the_same_from_a_lake(string command)
    {
        var lake = Published("lake");
        var arguments = Arguments.GetValueOrDefault(command, "")
            .Replace("{folder}", Module.Folder.FullPath, StringComparison.Ordinal);
        var (own, rest) = arguments.IndexOf('|', StringComparison.Ordinal) is >= 0 and var at
            ? (arguments[..at], arguments[at..])
            : (arguments, "");

        var run = Module.Run($"{command} {own} -Lake '{lake}' {rest}");
        if (OfLog.Contains(command))
        {
            Assert.Equal(["TandemFetch.LakeNeedsDatabase"], run.ErrorIds);
            return;
        }

        var expected = Module.Run($"{command} {own} -Database '{Module.Database}' {rest}").Succeeded().Output;
        Assert.NotEmpty(expected);
        Assert.Equal(Json(expected), Json(run.Succeeded().Output));
    }

    [Fact]
    public void Pumps_measured_side_by_side_are_those_measured_one_after_the_other()
    {
        var lake = Published("lake");
        var measure = $"Measure-TandemGlucose -Lake '{lake}' -By Pump -Since 2026-04-10";

        var single = Module.Run(measure).Succeeded().Output;
        var parallel = Module.Run($"{measure} -Parallel").Succeeded().Output;
        var database = Module.Run($"{measure.Replace($"-Lake '{lake}'", "", StringComparison.Ordinal)}").Succeeded().Output;

        Assert.Single(single);
        Assert.Equal(Json(single), Json(parallel));
        Assert.Equal(Json(database), Json(parallel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Parallel")]
    public void A_pump_whose_files_are_damaged_does_not_keep_others_from_being_measured(string how)
    {
        var lake = Published($"damaged{how}");
        var serial = Module.Run("(Get-TandemPump).PumpSerial").Succeeded().OutputOf<string>()[0];
        var manifests = Path.Join(lake, "_lake", "pumps");
        File.WriteAllText(
            Path.Join(manifests, "0.json"),
            File.ReadAllText(Path.Join(manifests, $"{serial}.json"))
                .Replace($"\"{serial}\"", "\"0\"", StringComparison.Ordinal));
        File.WriteAllText(Path.Join(lake, "pumps", "0.parquet"), "not a file of a lake");

        var run = Module.Run($"Measure-TandemGlucose -Lake '{lake}' -By Pump {how}");

        Assert.Equal(serial, Assert.Single(run.OutputOf<GlucoseMetrics>()).Group);
        Assert.Equal("0", Assert.Single(run.Errors).TargetObject);
    }

    [Fact]
    public void The_pumps_of_a_lake_go_through_the_pipeline()
    {
        var lake = Published("lake");

        var metrics = Module.Run(
            $"Get-TandemPump -Lake '{lake}' | Measure-TandemGlucose -Lake '{lake}'").Succeeded().OutputOf<GlucoseMetrics>();

        Assert.True(Assert.Single(metrics).Readings > 1_000);
    }

    [Fact]
    public void A_published_lake_passes_its_checks_and_the_second_publication_writes_nothing()
    {
        var lake = Published("lake");

        var again = Module.Run($"Publish-TandemLake '{lake}'").Succeeded().OutputOf<PublishedPump>();
        var checks = Module.Run($"Test-TandemLake '{lake}'").Succeeded().OutputOf<IntegrityCheck>();

        Assert.Equal(0, Assert.Single(again).FilesWritten);
        Assert.True(checks.Count > 10);
        Assert.All(checks, check => Assert.True(check.Passed, check.Name));
    }

    [Fact]
    public void WhatIf_creates_nothing()
    {
        var lake = Module.Folder["never"];

        Assert.Empty(Module.Run($"Publish-TandemLake '{lake}' -WhatIf").Succeeded().Output);

        Assert.False(Directory.Exists(lake));
    }

    [Fact]
    public async Task Pseudonyms_come_from_the_key_in_a_file_or_in_a_vault()
    {
        await SecretVaultStub.WriteAsync(
            Module.Folder["lake-vault"],
            $$"""
            'Study' { ConvertTo-SecureString '{{Key}}' -AsPlainText -Force }
            'Number' { 42 }
            """);
        var file = Module.Folder["study.key"];
        await File.WriteAllTextAsync(file, Key + "\n", TestContext.Current.CancellationToken);
        var serial = Module.Run("(Get-TandemPump).PumpSerial").Succeeded().OutputOf<string>()[0];

        var run = await Module.RunApartAsync(
            $$"""
            (Publish-TandemLake by-file -Pseudonym -KeyFile '{{file}}' -ShiftDates).Pump
            (Publish-TandemLake by-secret -Pseudonym -KeySecret Study).Pump
            try { Publish-TandemLake by-number -Pseudonym -KeySecret Number } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            """,
            ("PSModulePath", Module.Folder["lake-vault"]),
            ("TANDEM_DATABASE", Module.Database));

        var lines = run.Output.Trim().Split('\n').Select(line => line.Trim()).ToList();
        Assert.Equal("", run.Errors);
        Assert.Equal(3, lines.Count);
        Assert.Matches("^p[0-9a-f]{24}$", lines[0]);
        Assert.Equal(lines[0], lines[1]);
        Assert.Equal("TandemFetch.PseudonymKeyInvalid", lines[2]);
        Assert.DoesNotContain(serial, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-TandemBolus -Lake {lake} -Database x.db", "LakeConflict")]
    [InlineData("Get-TandemPump -Lake {lake} -Database x.db", "LakeConflict")]
    [InlineData("Get-TandemBolus -Lake nowhere", "LakeNotFound")]
    [InlineData("Get-TandemPump -Lake nowhere", "LakeNotFound")]
    [InlineData("Test-TandemLake nowhere", "LakeNotFound")]
    [InlineData("Test-TandemLake Env:PATH", "LakePathInvalid")]
    [InlineData("Get-TandemBolus -Lake Env:PATH", "LakePathInvalid")]
    [InlineData("Get-TandemBolus -Lake {lake} -PumpSerial 123", "PumpUnknown")]
    [InlineData("Invoke-TandemQuery 'SELECT 1' -Lake {lake} -AllowWrite -Confirm:$false", "LakeNeedsDatabase")]
    [InlineData("Invoke-TandemQuery 'DELETE FROM boluses' -Lake {lake}", "QueryReadOnly")]
    [InlineData("Measure-TandemGlucose -Parallel", "ParallelConflict")]
    [InlineData("Measure-TandemGlucose -Parallel -Lake {lake}", "ParallelConflict")]
    [InlineData("Publish-TandemLake {folder} -Confirm:$false", "LakeInvalid")]
    [InlineData("Publish-TandemLake new -Pseudonym -KeyFile no.key", "PseudonymKeyInvalid")]
    [InlineData("Publish-TandemLake new -PumpSerial 123", "PumpUnknown")]
    public void What_is_wrong_has_an_id_of_its_own(string command, string errorId)
    {
        var run = Module.Run(command
            .Replace("{lake}", $"'{Published("lake")}'", StringComparison.Ordinal)
            .Replace("{folder}", $"'{Module.Folder.FullPath}'", StringComparison.Ordinal));

        Assert.Equal([$"TandemFetch.{errorId}"], run.ErrorIds);
    }

    [Fact]
    public void Tab_offers_the_pumps_of_a_lake()
    {
        var lake = Published("lake");

        var offered = Module.Run(
            "[System.Management.Automation.CommandCompletion]::CompleteInput($args[0], $args[0].Length, $null)"
            + ".CompletionMatches.CompletionText",
            $"Get-TandemBolus -Lake '{lake}' -PumpSerial ").Succeeded().OutputOf<string>();

        Assert.Equal(Module.Run("(Get-TandemPump).PumpSerial").Succeeded().OutputOf<string>(), offered);
    }

    private string Published(string name)
    {
        var lake = Module.Folder[name];
        if (!Directory.Exists(lake))
        {
            Module.Run($"Publish-TandemLake '{lake}'").Succeeded();
        }

        return lake;
    }

    private string Json(IReadOnlyList<object?> output) => string.Concat(
        Module.Run("ConvertTo-Json -InputObject $args[0] -Depth 6", output).Succeeded().OutputOf<string>());
}
