using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>Data leaves the database and returns unchanged.</summary>
public sealed class ExportTests
{
    private const string Content = "SELECT count(*) AS n, sum(hash(device_assignment_id, sequence_number, event_code, pump_time, raw_event_data, envelope)) AS h FROM raw_events";

    [Theory]
    [InlineData("cgm.parquet", "read_parquet")]
    [InlineData("cgm.csv", "read_csv")]
    [InlineData("cgm.csv.gz", "read_csv")]
    [InlineData("cgm.jsonl", "read_json")]
    public async Task A_table_is_written_whole_in_each_format(string name, string reader)
    {
        await using var module = await SandboxedModule.FilledAsync();

        var written = Assert.Single(module.Run($"Export-TandemData cgm_readings {name}").Succeeded().OutputOf<ExportedData>());
        var rows = module.Run($"Invoke-TandemQuery \"select count(*), sum(glucose) from {reader}('$PWD/{name}')\" -As Scalar").Succeeded();
        var known = module.Run("Invoke-TandemQuery 'select count(*) from cgm_readings' -As Scalar").Succeeded();

        Assert.Equal(known.Output, rows.Output);
        Assert.Equal(known.Output[0], written.Rows);
        Assert.Equal(new FileInfo(module.Folder[name]).Length, written.Bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Format Csv")]
    [InlineData("-Format Json")]
    public async Task An_archive_makes_the_same_file_elsewhere(string format)
    {
        await using var module = await SandboxedModule.FilledAsync();

        var written = module.Run($"Export-TandemData -Archive archive {format}").Succeeded().OutputOf<ExportedData>();
        module.Run("Import-TandemRawEvent archive -Database other.db").Succeeded();

        Assert.Equal(
            ["bookkeeping.clock_uploads", "bookkeeping.rejected_entries", "pump_settings", "pumps", "raw_events"],
            written.Select(file => file.Table).Order());
        Assert.Equal(module.Fingerprint(module.Database), module.Fingerprint("other.db"));
        Assert.Empty(module.Findings("other.db"));
    }

    [Fact]
    public async Task Nothing_is_overwritten_without_force()
    {
        await using var module = await SandboxedModule.FilledAsync();
        await File.WriteAllTextAsync(module.Folder["x.csv"], "mine", TestContext.Current.CancellationToken);

        Assert.Equal(["TandemFetch.ExportExists"], module.Run("Export-TandemData alerts x.csv").ErrorIds);
        Assert.Equal("mine", await File.ReadAllTextAsync(module.Folder["x.csv"], TestContext.Current.CancellationToken));

        module.Run("Export-TandemData alerts x.csv -Force").Succeeded();
        Assert.NotEqual("mine", await File.ReadAllTextAsync(module.Folder["x.csv"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_failed_export_leaves_nothing_behind()
    {
        await using var module = await SandboxedModule.FilledAsync();

        var run = module.Run("Export-TandemData -Query 'select error(event_name) from events' -Path out/x.parquet");

        Assert.Equal(["TandemFetch.QueryFailed"], run.ErrorIds);
        Assert.Empty(Directory.GetFileSystemEntries(module.Folder["out"]));
    }

    [Fact]
    public async Task A_range_of_time_and_columns_can_be_chosen()
    {
        await using var module = await SandboxedModule.FilledAsync();

        module.Run("Export-TandemData cgm_readings x.csv -Since 2026-04-20 -Column timestamp, glucose").Succeeded();

        var lines = await File.ReadAllLinesAsync(module.Folder["x.csv"], TestContext.Current.CancellationToken);
        Assert.Equal("timestamp,timestamp_offset,glucose", lines[0]);
        Assert.All(lines[1..], line => Assert.Matches("^2026-04-20 [0-9:]{8},UTC-04:00,[0-9]*$", line));
    }

    [Fact]
    public async Task Folders_by_pump_and_month_are_read_as_they_are()
    {
        await using var module = await SandboxedModule.FilledAsync();

        var run = module.Run("""
            Export-TandemData events hive -PartitionBy Pump, Month | Out-Null
            Export-TandemData events hive -PartitionBy Month -Force | Out-Null
            Invoke-TandemQuery "select count(*) from read_parquet('$PWD/hive/**/*.parquet') where year = 2026 and month = 4" -As Scalar
            Invoke-TandemQuery 'select count(*) from events' -As Scalar
            """).Succeeded();

        Assert.Equal(run.Output[0], run.Output[1]);
        Assert.True(Directory.Exists(module.Folder["hive/year=2026/month=4"]));
    }

    [Fact]
    public async Task Force_does_not_replace_a_folder_that_is_no_export()
    {
        await using var module = await SandboxedModule.FilledAsync();
        Directory.CreateDirectory(module.Folder["photos"]);
        await File.WriteAllTextAsync(module.Folder["photos/cat.jpg"], "cat", TestContext.Current.CancellationToken);

        Assert.Equal(["TandemFetch.ExportFolderForeign"], module.Run("Export-TandemData events photos -PartitionBy Year -Force").ErrorIds);
        Assert.True(File.Exists(module.Folder["photos/cat.jpg"]));
    }

    [Fact]
    public async Task Tables_from_the_pipeline_go_into_a_folder()
    {
        await using var module = await SandboxedModule.FilledAsync();

        var run = module.Run("Get-TandemTable alerts, boluses | Export-TandemData -Path all -Format Json").Succeeded();

        Assert.Equal(["alerts.jsonl", "boluses.jsonl"], run.OutputOf<ExportedData>().Select(data => Path.GetFileName(data.Path)));
    }

    [Fact]
    public async Task Several_tables_fit_into_a_workbook_and_one_of_a_pattern_into_any_file()
    {
        await using var module = await SandboxedModule.FilledAsync();

        var run = module.Run("""
            Get-TandemTable alerts, boluses | Export-TandemData -Path all.xlsx
            Export-TandemData alerts, boluses books/ -Format Xlsx
            Export-TandemData aler?s one.csv
            Get-TandemTable alerts | Export-TandemData -Path two.csv
            Get-TandemPump | Export-TandemData alerts three.csv
            """).Succeeded();

        var written = run.OutputOf<ExportedData>();
        Assert.Equal(
            ["alerts all.xlsx", "boluses all.xlsx", "alerts alerts.xlsx", "boluses boluses.xlsx", "alerts one.csv", "alerts two.csv", "alerts three.csv"],
            written.Select(data => $"{data.Table} {Path.GetFileName(data.Path)}"));
        Assert.All(written, data => Assert.Equal(new FileInfo(data.Path).Length, data.Bytes));
        Assert.Single(written.Where(data => data.Table == "alerts").Select(data => data.Rows).Distinct());
    }

    [Fact]
    public async Task WhatIf_writes_nothing()
    {
        await using var module = await SandboxedModule.FilledAsync();

        Assert.Empty(module.Run("Export-TandemData events x.csv -WhatIf").Succeeded().Output);
        Assert.False(File.Exists(module.Folder["x.csv"]));
    }

    [Theory]
    [InlineData("raw.parquet")]
    [InlineData("raw.csv")]
    [InlineData("raw.jsonl")]
    public async Task Raw_entries_move_to_another_file_once_and_for_all(string name)
    {
        await using var module = await SandboxedModule.FilledAsync();

        var run = module.Run($$"""
            Export-TandemData raw_events {{name}} | Out-Null
            (Import-TandemRawEvent {{name}} -Database other.db -TimeZone America/New_York).Where{ $_.Stage -eq 'Fetch' }.RowsOut
            ([IO.FileInfo]"$PWD/{{name}}" | Import-TandemRawEvent -Database other.db).Where{ $_.Stage -eq 'Fetch' }.RowsOut
            """).Succeeded();
        var before = module.Run($"Invoke-TandemQuery '{Content}' -As DataTable").Succeeded();
        var after = module.Run($"Invoke-TandemQuery '{Content}' -As DataTable -Database other.db").Succeeded();

        Assert.Equal(Row(before)[0], run.Output[0]);
        Assert.Equal(0L, run.Output[1]);
        Assert.Equal(Row(before), Row(after));
        Assert.Equal(
            module.Run("Invoke-TandemQuery 'select count(*) from cgm_readings' -As Scalar").Output,
            module.Run("Invoke-TandemQuery 'select count(*) from cgm_readings' -As Scalar -Database other.db").Output);
    }

    [Fact]
    public async Task Files_that_are_no_entries_are_reported_and_the_others_go_on()
    {
        await using var module = await SandboxedModule.StartAsync();
        var cancellationToken = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(module.Folder["bad.json"], """{"nothing":1}""", cancellationToken);
        await File.WriteAllTextAsync(module.Folder["bad.txt"], "x", cancellationToken);
        await File.WriteAllTextAsync(module.Folder["good.json"], """
            {"events":[{"deviceAssignmentId":"d-1","eventCode":256,"sequenceGroup":0,"sequenceNumber":7,"pumpDateTime":"2026-04-01T08:00:00",
            "eventProperties":{"a":1.10},"estimatedDateTime":"2026-04-01T08:00:00Z"}],"clockChanges":[]}
            """, cancellationToken);

        var run = module.Run("Import-TandemRawEvent bad.json, bad.txt, missing.json, good.json -TimeZone Europe/Berlin; (Get-TandemRawEvent).RawEventData");

        Assert.Equal(["TandemFetch.ImportUnreadable", "TandemFetch.ImportUnreadable", "TandemFetch.ImportFormatUnknown"], run.ErrorIds);
        Assert.Equal("""{"a":1.10}""", run.Output[^1]);
    }

    [Theory]
    [InlineData("x.parquet", "garbage")]
    [InlineData("x.csv", "a,b\n1,2\n")]
    [InlineData("x.csv", "device_assignment_id,id\nd-1,1\n")]
    [InlineData("x.jsonl", "{\"id\":1,\"device_assignment_id\":\"d-1\"")]
    public async Task A_damaged_file_is_reported_by_its_own_name(string name, string content)
    {
        await using var module = await SandboxedModule.StartAsync();
        await File.WriteAllTextAsync(module.Folder[name], content, TestContext.Current.CancellationToken);

        var run = module.Run($"Import-TandemRawEvent {name} -TimeZone Europe/Berlin");

        Assert.Equal(["TandemFetch.ImportUnreadable"], run.ErrorIds);
        Assert.Contains(name, run.Error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_answer_that_is_read_again_adds_nothing()
    {
        await using var module = await SandboxedModule.StartAsync();
        foreach (var (file, value) in new[] { ("first.json", "1.10"), ("second.json", "12345678901234567890.5") })
        {
            await File.WriteAllTextAsync(
                module.Folder[file],
                $$$"""{"events":[{"deviceAssignmentId":"d-1","eventCode":256,"sequenceGroup":0,"sequenceNumber":7,"pumpDateTime":"2026-04-01T08:00:00","eventProperties":{"a":{{{value}}}},"more":[1]}]}""",
                TestContext.Current.CancellationToken);
        }

        var run = module.Run("""
            Import-TandemRawEvent first.json, second.json -TimeZone Europe/Berlin | Out-Null
            foreach ($format in 'parquet', 'csv', 'jsonl') { Export-TandemData raw_events "raw.$format" | Out-Null }
            Import-TandemRawEvent first.json, second.json, raw.parquet, raw.csv, raw.jsonl | Out-Null
            foreach ($entry in Get-TandemRawEvent) { "$($entry.Revision) $($entry.RawEventData)" }
            foreach ($format in 'parquet', 'csv', 'jsonl') {
                Import-TandemRawEvent "raw.$format" -Database other.db -TimeZone Europe/Berlin | Out-Null
                (Get-TandemRawEvent -Database other.db).RawEventData
            }
            """).Succeeded();

        Assert.Equal(
            ["0 {\"a\":1.10}", "1 {\"a\":12345678901234567890.5}", .. Enumerable.Repeat<string[]>(["{\"a\":1.10}", "{\"a\":12345678901234567890.5}"], 3).SelectMany(pair => pair)],
            run.Output);
    }

    [Fact]
    public async Task An_import_needs_to_know_the_pumps_zone()
    {
        await using var module = await SandboxedModule.StartAsync();
        await File.WriteAllTextAsync(
            module.Folder["a.json"],
            """{"events":[{"deviceAssignmentId":"d-1","eventCode":256,"sequenceGroup":0,"sequenceNumber":7,"pumpDateTime":"2026-04-01T08:00:00","eventProperties":{}}]}""",
            TestContext.Current.CancellationToken);

        Assert.Equal(["TandemFetch.TimeZoneMissing"], module.Run("Import-TandemRawEvent a.json").ErrorIds);
    }

    private static object?[] Row(ScriptRun run) => ((System.Data.DataTable)run.Output[0]!).Rows[0].ItemArray;
}
