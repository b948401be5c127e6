using TandemFetch.Hosting;
using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>The commands that list rows, on a file that no test changes.</summary>
public sealed class RecordTests(RecordTests.Filled filled) : IClassFixture<RecordTests.Filled>
{
    /// <summary>The commands with <c>-Newest</c>.</summary>
    public static TheoryData<string> Lists =>
    [
        .. ModuleCommands.Types
            .Where(type => type.GetProperty(nameof(ListCommand.Newest)) is not null)
            .Select(ModuleCommands.NameOf),
    ];

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
    public void A_mistyped_name_is_reported_with_the_nearest_ones_and_the_others_are_read()
    {
        var run = filled.Module.Run("Get-TandemEvent LID_BASAL_DELIVERI, LID_BOLUS_COMPLETED");

        Assert.Equal(["TandemFetch.EventNameUnknown"], run.ErrorIds);
        Assert.Contains("Did you mean LID_BASAL_DELIVERY", run.Error.Exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(run.Output);
        Assert.All(run.OutputOf<PumpEvent>(), entry => Assert.Equal("LID_BOLUS_COMPLETED", entry.EventName));
    }

    [Theory]
    [InlineData("Get-TandemEvent LID_BASAL_DELIVERI", "EventNameUnknown")]
    [InlineData("Get-TandemAlert OclusionAlarm", "AlertNameUnknown")]
    [InlineData("Get-TandemBolus -Kind Standart", "BolusKindUnknown")]
    public void A_name_that_nothing_has_selects_nothing_and_is_reported(string command, string errorId)
    {
        var run = filled.Module.Run(command);

        Assert.Equal([$"TandemFetch.{errorId}"], run.ErrorIds);
        Assert.Contains("Did you mean", run.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("Get-TandemEvent UNKNOWN_9999")]
    [InlineData("Get-TandemEvent *NOTHING*")]
    [InlineData("Get-TandemAlert 9999")]
    public void A_name_that_a_row_could_have_is_no_mistake(string command) =>
        Assert.Empty(filled.Module.Run(command).Succeeded().Output);

    [Theory]
    [InlineData("Get-TandemBolus -Kind standard, quick", "$_.Kind -in 'Standard', 'Quick'")]
    [InlineData("Get-TandemBolus -MinimumCarbs 20", "$_.Carbs -ge 20")]
    [InlineData("Get-TandemBolus S*", "$_.Kind -like 's*'")]
    [InlineData("Get-TandemCgmReading -Below 100", "$_.Glucose -lt 100")]
    [InlineData("Get-TandemCgmReading -Above 150 -Below 180.5", "$_.Glucose -gt 150 -and $_.Glucose -lt 180.5")]
    [InlineData("Get-TandemAlert -Kind Alarm, CgmAlert", "$_.Kind -in 'Alarm', 'CgmAlert'")]
    [InlineData("Get-TandemAlert -Name *a*", "$_.Name -like '*a*'")]
    public void A_filter_selects_what_Where_Object_selects(string command, string condition)
    {
        var selected = filled.Module.Run($"{command.Split(' ')[0]} | Where-Object {{ {condition} }}").Succeeded().Output;

        Assert.NotEmpty(selected);
        Assert.Equal(selected, filled.Module.Run(command).Succeeded().Output);
    }

    [Theory]
    [InlineData("-Below 3.9", "3.9 mmol/L is 70 mg/dL.")]
    [InlineData("-Above 250 -Below 70", "-Above must be less than -Below.")]
    public void A_limit_of_glucose_that_cannot_be_meant_is_refused(string limits, string message)
    {
        var run = filled.Module.Run($"Get-TandemCgmReading {limits}");

        Assert.Equal(["TandemFetch.GlucoseLimitInvalid"], run.ErrorIds);
        Assert.EndsWith(message, run.Error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void Newest_selects_what_the_end_of_the_list_has(string command)
    {
        var all = filled.Module.Run(command).Succeeded().Output;

        Assert.Equal(TextsOf(all.TakeLast(1)), TextsOf(filled.Module.Run($"{command} -Newest 1").Succeeded().Output));
        Assert.Equal(TextsOf(all.TakeLast(7)), TextsOf(filled.Module.Run($"{command} -Newest 7").Succeeded().Output));
        Assert.Equal(
            TextsOf(all), TextsOf(filled.Module.Run($"{command} -Newest {int.MaxValue}").Succeeded().Output));

        // Some records contain lists, which are equal only if they are the same object.
        static IEnumerable<string> TextsOf(IEnumerable<object?> rows) => rows.Select(row => $"{row}");
    }

    [Theory]
    [InlineData("Get-TandemCgmReading -Until 2026-04-20T12:00Z -Above 100")]
    [InlineData("Get-TandemEvent *BASAL* -Since 2026-04-20")]
    [InlineData("Get-TandemRawEvent -EventCode 279, 3")]
    [InlineData("Get-TandemPipelineRun -Stage Parse, Derive")]
    public void Newest_applies_after_all_other_filters(string command)
    {
        var all = filled.Module.Run(command).Succeeded().Output;

        var newest = filled.Module.Run($"{command} -Newest 2").Succeeded().Output;

        Assert.Equal(2, newest.Count);
        Assert.Equal(all.TakeLast(2), newest);
    }

    [Fact]
    public async Task Newest_of_rows_of_unknown_time_follows_the_pumps_clock()
    {
        await using var module = await SandboxedModule.FilledAsync();
        module.Run(
            "Invoke-TandemQuery -AllowWrite 'UPDATE cgm_readings SET timestamp = NULL WHERE hour(pump_time) = 3'").Succeeded();
        var all = module.Run("Get-TandemCgmReading -UnknownTime").Succeeded().Output;

        var newest = module.Run("Get-TandemCgmReading -UnknownTime -Newest 3").Succeeded().Output;

        Assert.True(all.Count > 3);
        Assert.Equal(all.TakeLast(3), newest);
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
    public async Task Pumps_whose_serial_number_the_account_does_not_list_go_by_their_key()
    {
        await using var module = await SandboxedModule.StartAsync();
        string[] keys = ["d-1", "d-2"];
        foreach (var key in keys)
        {
            await File.WriteAllTextAsync(
                module.Folder[$"{key}.json"],
                $$$"""
                {"events":[{"deviceAssignmentId":"{{{key}}}","eventCode":256,"sequenceGroup":0,"sequenceNumber":7,
                "pumpDateTime":"2026-04-01T08:00:00","eventProperties":{}}]}
                """,
                TestContext.Current.CancellationToken);
        }

        module.Run("Import-TandemRawEvent d-1.json, d-2.json -TimeZone Europe/Berlin").Succeeded();

        Assert.Equal(keys, module.Run("(Get-TandemPump).PumpSerial | Sort-Object").Succeeded().Output);
        Assert.Equal(
            keys,
            module.Run("(Get-TandemPump | Sort-Object PumpSerial | Get-TandemEvent).PumpSerial").Succeeded().Output);
        Assert.Equal(["d-2"], module.Run("(Get-TandemRawEvent -PumpSerial d-2).PumpSerial").Succeeded().Output);
        Assert.Equal(["d-2"], module.Run("(Set-TandemPump d-2 Europe/Paris).PumpSerial").Succeeded().Output);
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
