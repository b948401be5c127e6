using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>The commands that compute measures, on one file that nothing changes.</summary>
public sealed class AnalysisTests(AnalysisTests.Filled filled) : IClassFixture<AnalysisTests.Filled>
{
    public static TheoryData<string> Commands =>
    [
        "Measure-TandemGlucose", "Measure-TandemGlucose -By Day", "Get-TandemGlucoseEpisode",
        "Get-TandemGlucoseProfile",
        "Measure-TandemInsulin", "Measure-TandemInsulin -By Day", "Get-TandemMeal",
        "Compare-TandemPeriod -Since 2026-04-13 -Until 2026-04-20",
    ];

    [Fact]
    public void Glucose_is_measured_as_a_whole_and_by_day()
    {
        var readings = filled.Module.Run("Get-TandemCgmReading").Succeeded().OutputOf<CgmReading>();
        var whole = Assert.Single(filled.Module.Run("Measure-TandemGlucose").Succeeded().OutputOf<GlucoseMetrics>());
        var days = filled.Module.Run("Measure-TandemGlucose -By Day").Succeeded().OutputOf<GlucoseMetrics>();

        Assert.Equal(readings.Select(reading => reading.Timestamp).Distinct().Count(), whole.Readings);
        Assert.Equal(TimeSpan.FromHours(-4), whole.FirstReading!.Value.Offset);
        Assert.Equal(whole.Readings, days.Sum(day => day.Readings));
        Assert.Equal(
            readings.Select(reading => $"{reading.Timestamp:yyyy-MM-dd}").Distinct(), days.Select(day => day.Group));
    }

    [Fact]
    public void A_preset_or_a_range_of_ones_own_decides_the_ranges()
    {
        var pregnancy = filled.Module.Run("Measure-TandemGlucose -Preset Pregnancy").Succeeded()
            .OutputOf<GlucoseMetrics>()[0];
        var own = filled.Module.Run("Measure-TandemGlucose -Range 63, 140").Succeeded().OutputOf<GlucoseMetrics>()[0];

        Assert.Equal("Pregnancy 63-140 mg/dL", pregnancy.Range.ToString());
        Assert.Null(pregnancy.VeryHighPercent);
        Assert.Equal(pregnancy.InRangePercent, own.InRangePercent);
        Assert.Equal("Custom", own.Range.Name);
    }

    [Theory]
    [InlineData("70")]
    [InlineData("180, 70")]
    [InlineData("70, 70")]
    [InlineData("54, 70, 180")]
    public void A_range_that_does_not_rise_is_refused(string range)
    {
        var run = filled.Module.Run($"Measure-TandemGlucose -Range {range}");

        Assert.Equal(["TandemFetch.GlucoseRangeInvalid"], run.ErrorIds);
    }

    [Fact]
    public void The_unit_changes_the_values_and_no_percent()
    {
        var milligrams = filled.Module.Run("Measure-TandemGlucose").Succeeded().OutputOf<GlucoseMetrics>()[0];
        var millimoles = filled.Module.Run("Measure-TandemGlucose -Unit MmolL").Succeeded()
            .OutputOf<GlucoseMetrics>()[0];

        Assert.Equal(milligrams.Mean!.Value / 18.01559, millimoles.Mean!.Value, 1e-9);
        Assert.Equal(milligrams.InRangePercent, millimoles.InRangePercent);
    }

    [Fact]
    public void Episodes_are_chosen_by_kind()
    {
        var all = filled.Module.Run("Get-TandemGlucoseEpisode").Succeeded().OutputOf<GlucoseEpisode>();
        var some = filled.Module.Run("Get-TandemGlucoseEpisode HyperLevel1").Succeeded().OutputOf<GlucoseEpisode>();

        Assert.NotEmpty(some);
        Assert.Equal(all.Where(episode => episode.Kind == EpisodeKind.HyperLevel1), some);
        Assert.Equal(
            all.OrderBy(episode => episode.Started).Select(episode => episode.Started),
            all.Select(episode => episode.Started));
    }

    [Fact]
    public void The_profile_has_24_hours()
    {
        var hours = filled.Module.Run("Get-TandemGlucoseProfile").Succeeded().OutputOf<GlucoseProfileHour>();

        Assert.Equal(Enumerable.Range(0, 24), hours.Select(hour => hour.Hour));
        Assert.All(hours, hour => Assert.True(hour.Percentile5 <= hour.Median && hour.Median <= hour.Percentile95));
    }

    [Fact]
    public void Insulin_by_day_is_that_of_the_daily_totals()
    {
        var totals = filled.Module.Run("Get-TandemDailyTotal").Succeeded().OutputOf<DailyTotal>();
        var days = filled.Module.Run("Measure-TandemInsulin -By Day").Succeeded().OutputOf<InsulinMetrics>();
        var average = filled.Module.Run("Measure-TandemInsulin").Succeeded().OutputOf<InsulinMetrics>()[0];

        Assert.Equal(
            totals.Select(total => total.BasalUnits + total.BolusUnits), days.Select(day => day.TotalUnits!.Value));
        Assert.Equal(
            days.Where(day => day.IsComplete == true).Average(day => day.Carbs!.Value), average.Carbs!.Value, 1e-9);
        Assert.InRange(average.CompleteDays, 10, days.Count - 1);
    }

    [Fact]
    public void Every_bolus_with_carbohydrates_is_a_meal()
    {
        var boluses = filled.Module.Run("Get-TandemBolus").Succeeded().OutputOf<Bolus>()
            .Where(bolus => bolus.Carbs > 0);
        var meals = filled.Module.Run("Get-TandemMeal").Succeeded().OutputOf<Meal>();

        Assert.Equal(
            boluses.Select(bolus => (bolus.Id, bolus.Timestamp)),
            meals.Select(meal => (meal.Id, (DateTimeOffset?)meal.Timestamp)));
        Assert.Contains(meals, meal => meal.Peak > meal.GlucoseBefore);
    }

    [Fact]
    public void Periods_are_compared_with_the_one_before_unless_another_is_named()
    {
        var before = filled.Module.Run("Compare-TandemPeriod -Since 2026-04-13 -Until 2026-04-20").Succeeded()
            .OutputOf<MeasureDifference>();
        var named = filled.Module.Run(
            "Compare-TandemPeriod -Since 2026-04-13 -Until 2026-04-20 "
            + "-ReferenceSince 2026-04-06 -ReferenceUntil 2026-04-13 -Seed 1")
            .Succeeded().OutputOf<MeasureDifference>();

        Assert.Equal(before, named);
        Assert.Contains(
            before, difference => difference is { Measure: "InRangePercent", Pairs: >= 5, IntervalLow: not null });
    }

    [Fact]
    public void A_comparison_needs_a_period()
    {
        Assert.Equal(["TandemFetch.TimeRangeInvalid"], filled.Module.Run("Compare-TandemPeriod").ErrorIds);
        Assert.Equal(
            ["TandemFetch.TimeRangeInvalid"],
            filled.Module.Run("Compare-TandemPeriod -Last 7d -ReferenceSince 2026-04-06 -ReferenceUntil 2026-04-05")
                .ErrorIds);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Results_are_shown_as_a_table_of_at_most_120_columns(string command)
    {
        var text = filled.Module.Render(command);

        Assert.Contains("---", text, StringComparison.Ordinal);
        Assert.DoesNotContain("…", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 120, line));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_range_in_the_future_is_empty_without_an_error(string command)
    {
        var future = command.Contains("-Since", StringComparison.Ordinal)
            ? "Compare-TandemPeriod -Since 2090-01-01 -Until 2090-02-01"
            : command + " -Since 2090-01-01";

        var run = filled.Module.Run(future).Succeeded();

        Assert.All(run.OutputOf<object>(), item => Assert.All(
            item.GetType().GetProperties().Where(property => property.PropertyType == typeof(double?)),
            property => Assert.Null(property.GetValue(item))));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_unknown_pump_is_an_error(string command) =>
        Assert.Equal(["TandemFetch.PumpUnknown"], filled.Module.Run($"{command} -PumpSerial 1").ErrorIds);

    [Theory]
    [MemberData(nameof(Commands))]
    public void Pumps_from_the_pipeline_are_measured(string command)
    {
        var all = filled.Module.Run(command).Succeeded();

        Assert.Equal(all.Output.Count, filled.Module.Run($"Get-TandemPump | {command}").Succeeded().Output.Count);
    }

    [Theory]
    [InlineData("Measure-TandemGlucose -By dayp", "DayPart")]
    [InlineData("Measure-TandemGlucose -Preset o", "OlderHighRisk")]
    [InlineData("Measure-TandemGlucose -Unit mm", "MmolL")]
    [InlineData("Get-TandemGlucoseEpisode hypol", "HypoLevel1")]
    [InlineData("Measure-TandemInsulin -By d", "Day")]
    public void Tab_completes(string typed, string expected) => Assert.Contains(
        expected,
        filled.Module.Run("param($line) (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText", typed)
            .OutputOf<string>());

    [Fact]
    public void What_is_missing_is_said_in_words()
    {
        var metrics = filled.Module.Run("Measure-TandemGlucose -Since 2026-04-19 -Until 2026-04-20").Succeeded()
            .OutputOf<GlucoseMetrics>()[0];

        Assert.Null(metrics.Gmi);
        Assert.StartsWith("Gmi: It needs 9.8 days", metrics.Missing[0].ToString(), StringComparison.Ordinal);
    }

    /// <summary>Sixteen days of a pump.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        internal SandboxedModule Module { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Module = await SandboxedModule.FilledAsync(
                new SandboxOptions { Days = 16, EndDate = new DateOnly(2026, 4, 20) });

        public ValueTask DisposeAsync() => Module.DisposeAsync();
    }
}
