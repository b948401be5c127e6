using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>Input at the prompt: times, Tab completion, tables and their display.</summary>
public sealed class PromptTests
{
    [Fact]
    public async Task A_date_without_offset_is_meant_in_the_pumps_zone()
    {
        await using var module = await SandboxedModule.FilledAsync();

        var typed = module.Run("Get-TandemCgmReading -Since 2026-04-20").Succeeded().OutputOf<CgmReading>();
        var exact = module.Run("Get-TandemCgmReading -Since 2026-04-20T04:00:00Z").Succeeded().OutputOf<CgmReading>();

        Assert.NotEmpty(typed);
        Assert.Equal(exact, typed);
        Assert.All(typed, reading => Assert.Equal(20, reading.Timestamp!.Value.Day));
    }

    [Fact]
    public async Task Since_and_last_take_a_number_with_its_unit()
    {
        await using var module = await SandboxedModule.FilledAsync();

        var all = module.Run("Get-TandemCgmReading").Succeeded().Output.Count;

        Assert.Equal(all, module.Run("Get-TandemCgmReading -Since 5000d").Succeeded().Output.Count);
        Assert.Equal(all, module.Run("Get-TandemCgmReading -Last 700w").Succeeded().Output.Count);
        Assert.Empty(module.Run("Get-TandemCgmReading -Last 90m -Until 2020-01-01").Succeeded().Output);
    }

    [Theory]
    [InlineData("-Since soon", "'soon' is not a time.")]
    [InlineData("-Since 7", "'7' is not a time.")]
    [InlineData("-Last 7", "'7' is not a duration.")]
    public async Task A_time_that_is_none_is_refused_with_examples(string argument, string message)
    {
        await using var module = await SandboxedModule.StartAsync();

        var error = module.Run($"Get-TandemCgmReading {argument}").Error;

        Assert.StartsWith("ParameterArgumentTransformationError", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("24h", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Since 3M")]
    [InlineData("-Last 3M")]
    public async Task Minutes_and_months_are_not_confused(string argument)
    {
        await using var module = await SandboxedModule.StartAsync();

        var error = module.Run($"Get-TandemCgmReading {argument}").Error;

        Assert.Contains(
            "'3M' is ambiguous: minutes or months? Use 3m for minutes, or 90d for months of 30 days.",
            error.Exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pipelines_own_tables_are_out_of_the_way_until_they_are_asked_for()
    {
        await using var module = await SandboxedModule.FilledAsync();

        var tables = module.Run("Get-TandemTable").Succeeded().OutputOf<DatabaseTable>().Select(table => table.Table).ToList();
        var all = module.Run("Get-TandemTable -All").Succeeded().OutputOf<DatabaseTable>();
        var shown = module.Run("(Invoke-TandemQuery 'SHOW TABLES').name").Succeeded();

        Assert.DoesNotContain(tables, name => name.StartsWith("bookkeeping", StringComparison.Ordinal));
        Assert.Equal(tables.Order(), shown.Output.Order());
        Assert.Equal(tables, all.Select(table => table.Table).Where(name => !name.StartsWith("bookkeeping.", StringComparison.Ordinal)));
        Assert.True(all.Single(table => table.Table == "bookkeeping.fetched_days").Rows > 0);
        Assert.Single(module.Run("Get-TandemTable bookkeeping.fetched_days").Succeeded().Output);
        var days = module.Run("Invoke-TandemQuery 'SELECT count(*) FROM bookkeeping.fetched_days' -As Scalar").Succeeded();
        Assert.Equal(all.Single(table => table.Table == "bookkeeping.fetched_days").Rows, days.Output.Single());
    }

    [Fact]
    public async Task A_file_cannot_be_called_like_the_schema_in_it()
    {
        await using var module = await SandboxedModule.StartAsync();

        var run = module.Run($"{module.Connect}; Invoke-TandemBackfill -Database Bookkeeping.old.db");

        Assert.Equal(["TandemFetch.DatabaseNameReserved"], run.ErrorIds);
        Assert.False(File.Exists(module.Folder["Bookkeeping.old.db"]));
    }

    [Fact]
    public async Task Tables_are_listed_with_columns_units_and_span()
    {
        await using var module = await SandboxedModule.FilledAsync();

        var table = Assert.Single(module.Run("Get-TandemTable cgm_r*").Succeeded().OutputOf<DatabaseTable>());

        Assert.Equal("cgm_readings", table.Table);
        Assert.True(table.Rows > 500);
        Assert.Equal(TimeSpan.FromHours(-4), table.First!.Value.Offset);
        Assert.Equal(20, table.Last!.Value.Day);
        Assert.Contains("mg/dL", table.Columns.Single(column => column.Name == "glucose").Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_reported_with_the_nearest_names()
    {
        await using var module = await SandboxedModule.FilledAsync();

        var run = module.Run("Get-TandemTable bolusses, events");

        Assert.Equal(["TandemFetch.TableUnknown"], run.ErrorIds);
        Assert.Contains("boluses", run.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("events", Assert.Single(run.OutputOf<DatabaseTable>()).Table);
    }

    [Fact]
    public async Task A_backfill_sums_up_on_the_information_stream_and_nests_its_progress()
    {
        await using var module = await SandboxedModule.StartAsync();

        var run = module.Run($"{module.Connect}; Invoke-TandemBackfill").Succeeded();

        var summary = Assert.Single(run.Information, record => !record.Tags.Contains("PSHOST"));
        Assert.Contains("entries received", summary.MessageData.ToString(), StringComparison.Ordinal);
        var whole = run.Progress.Where(record => record.Activity == "Backfill").Select(record => record.ActivityId).Distinct();
        var fetch = run.Progress.First(record => record.Activity.StartsWith("Fetch pump", StringComparison.Ordinal));
        Assert.Equal(Assert.Single(whole), fetch.ParentActivityId);
    }

    [Fact]
    public async Task A_reading_is_shown_with_its_trend_and_without_colour_where_none_is_wanted()
    {
        await using var module = await SandboxedModule.StartAsync();

        var text = module.Render("""
            foreach ($reading in @(60, 2.4), @(120, 0), @(401, -3.5)) {
                [TandemFetch.Records.CgmReading]@{ Glucose = $reading[0]; RateOfChange = $reading[1]; Status = 'Normal' }
            }
            """);

        Assert.Contains("60 mg/dL ↑ ", text, StringComparison.Ordinal);
        Assert.Contains("120 mg/dL → ", text, StringComparison.Ordinal);
        Assert.Contains(">400 mg/dL ↓↓", text, StringComparison.Ordinal);
    }
}
