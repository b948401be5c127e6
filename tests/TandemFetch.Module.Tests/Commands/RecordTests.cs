using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>The commands that list rows, on a file that no test changes.</summary>
public sealed class RecordTests(RecordTests.Filled filled) : IClassFixture<RecordTests.Filled>
{
    [Fact]
    public void Readings_come_in_order_and_in_the_pumps_zone()
    {
        var readings = filled.Module.Run("Get-TandemCgmReading").Succeeded().OutputOf<CgmReading>();

        Assert.NotEmpty(readings);
        Assert.Equal(readings.OrderBy(reading => reading.Timestamp).Select(reading => reading.Id), readings.Select(reading => reading.Id));
        Assert.All(readings, reading => Assert.Equal(TimeSpan.FromHours(-4), reading.Timestamp!.Value.Offset));
    }

    [Fact]
    public void A_range_includes_its_beginning_and_not_its_end()
    {
        var all = filled.Module.Run("Get-TandemCgmReading").Succeeded().OutputOf<CgmReading>();
        var (since, until) = (all[10].Timestamp!.Value, all[20].Timestamp!.Value);

        var some = filled.Module.Run("param($Since, $Until) Get-TandemCgmReading -Since $Since -Until $Until", since, until).Succeeded();

        Assert.Equal(all.Skip(10).Take(10), some.OutputOf<CgmReading>());
    }

    [Fact]
    public void Entries_are_chosen_by_code_and_by_name_with_wildcards()
    {
        var byCode = filled.Module.Run("Get-TandemEvent -EventId 279").Succeeded().OutputOf<PumpEvent>();
        var byName = filled.Module.Run("Get-TandemEvent lid_basal_d*").Succeeded().OutputOf<PumpEvent>();

        Assert.NotEmpty(byCode);
        Assert.Equal(byCode, byName);
    }

    [Fact]
    public void Raw_entries_are_chosen_by_code()
    {
        var entries = filled.Module.Run("Get-TandemRawEvent -EventCode 279").Succeeded().OutputOf<RawEvent>();

        Assert.NotEmpty(entries);
        Assert.All(entries, entry => Assert.Equal(279, entry.EventCode));
    }

    [Fact]
    public void Basal_deliveries_are_listed()
    {
        var deliveries = filled.Module.Run("Get-TandemBasalDelivery").Succeeded().OutputOf<BasalDelivery>();

        Assert.NotEmpty(deliveries);
    }

    [Fact]
    public void Pumps_from_the_pipeline_choose_the_rows()
    {
        var all = filled.Module.Run("Get-TandemCgmReading").Succeeded();

        var ofPump = filled.Module.Run("Get-TandemPump | Get-TandemCgmReading").Succeeded();

        Assert.Equal(all.Output, ofPump.Output);
    }

    [Fact]
    public void An_unknown_pump_is_an_error()
    {
        var run = filled.Module.Run("Get-TandemCgmReading -PumpSerial 1");

        Assert.Equal(["TandemFetch.PumpUnknown"], run.ErrorIds);
    }

    [Fact]
    public void Rows_of_unknown_time_lie_in_no_range()
    {
        var run = filled.Module.Run("Get-TandemCgmReading -UnknownTime -Since 2026-04-19");

        Assert.Equal(["TandemFetch.UnknownTimeConflict"], run.ErrorIds);
    }

    [Fact]
    public void A_consumer_that_has_enough_ends_the_reading()
    {
        var run = filled.Module.Run("foreach ($turn in 1, 2) { do { Get-TandemEvent | ForEach-Object { $_; break } } while ($false) }").Succeeded();

        Assert.Equal(2, run.Output.Count);
    }

    [Theory]
    [InlineData("Get-TandemCgmReading", "Glucose")]
    [InlineData("Get-TandemBasalDelivery", "Algorithm")]
    [InlineData("Get-TandemEvent", "Name")]
    [InlineData("Get-TandemRawEvent", "Code")]
    [InlineData("Get-TandemPump", "Model")]
    [InlineData("Get-TandemPipelineRun", "Rows out")]
    public void Records_are_shown_as_a_table_of_at_most_80_columns(string command, string heading)
    {
        var text = filled.Module.Render(command);

        Assert.Contains(heading, text, StringComparison.Ordinal);
        Assert.Contains(" Pump", text + " Pump", StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 79, line));
    }

    /// <summary>Two days of a pump.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        internal SandboxedModule Module { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Module = await SandboxedModule.FilledAsync(new SandboxOptions { Days = 2, EndDate = new DateOnly(2026, 4, 20) });

        public ValueTask DisposeAsync() => Module.DisposeAsync();
    }
}
