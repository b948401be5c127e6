using System.Text.RegularExpressions;
using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>The commands that compute measures, on one file that nothing changes.</summary>
[Collection(MeasuredPump.Tests)]
public sealed partial class AnalysisTests(MeasuredPump pump)
{
    public static TheoryData<string> Commands =>
    [
        "Measure-TandemGlucose", "Measure-TandemGlucose -By Day", "Get-TandemGlucoseEpisode",
        "Get-TandemGlucoseProfile",
        "Measure-TandemInsulin", "Measure-TandemInsulin -By Day", "Get-TandemMeal",
        "Compare-TandemPeriod -Since 2026-04-13 -Until 2026-04-20",
    ];

    public static TheoryData<string> PlainCommands => [.. Commands.Select(row => row.Data.Split(" -Since")[0])];

    public static TheoryData<GlucoseGrouping> Groupings => [.. Enum.GetValues<GlucoseGrouping>()];

    [Fact]
    public void Glucose_is_measured_as_a_whole_and_by_day()
    {
        var readings = pump.Module.Run("Get-TandemCgmReading").Succeeded().OutputOf<CgmReading>();
        var whole = Assert.Single(pump.Module.Run("Measure-TandemGlucose").Succeeded().OutputOf<GlucoseMetrics>());
        var days = pump.Module.Run("Measure-TandemGlucose -By Day").Succeeded().OutputOf<GlucoseMetrics>();

        Assert.Equal(readings.Select(reading => reading.Timestamp).Distinct().Count(), whole.Readings);
        Assert.Equal(TimeSpan.FromHours(-4), whole.FirstReading!.Value.Offset);
        Assert.Equal(whole.Readings, days.Sum(day => day.Readings));
        Assert.Equal(
            readings.Select(reading => $"{reading.Timestamp:yyyy-MM-dd}").Distinct(), days.Select(day => day.Group));
    }

    [Fact]
    public void A_preset_or_a_range_of_ones_own_decides_the_ranges()
    {
        var pregnancy = pump.Module.Run("Measure-TandemGlucose -Preset Pregnancy").Succeeded()
            .OutputOf<GlucoseMetrics>()[0];
        var own = pump.Module.Run("Measure-TandemGlucose -Range 63, 140").Succeeded().OutputOf<GlucoseMetrics>()[0];

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
        var run = pump.Module.Run($"Measure-TandemGlucose -Range {range}");

        Assert.Equal(["TandemFetch.GlucoseRangeInvalid"], run.ErrorIds);
    }

    [Fact]
    public void The_unit_changes_the_values_and_no_percent()
    {
        var milligrams = pump.Module.Run("Measure-TandemGlucose").Succeeded().OutputOf<GlucoseMetrics>()[0];
        var millimoles = pump.Module.Run("Measure-TandemGlucose -Unit MmolL").Succeeded()
            .OutputOf<GlucoseMetrics>()[0];

        Assert.Equal(milligrams.Mean!.Value / 18.01559, millimoles.Mean!.Value, 1e-9);
        Assert.Equal(milligrams.InRangePercent, millimoles.InRangePercent);
    }

    [Fact]
    public void Episodes_are_chosen_by_kind()
    {
        var all = pump.Module.Run("Get-TandemGlucoseEpisode").Succeeded().OutputOf<GlucoseEpisode>();
        var some = pump.Module.Run("Get-TandemGlucoseEpisode HyperLevel1").Succeeded().OutputOf<GlucoseEpisode>();

        Assert.NotEmpty(some);
        Assert.Equal(all.Where(episode => episode.Kind == EpisodeKind.HyperLevel1), some);
        Assert.Equal(
            all.OrderBy(episode => episode.Started).Select(episode => episode.Started),
            all.Select(episode => episode.Started));
    }

    [Fact]
    public void The_profile_has_24_hours()
    {
        var hours = pump.Module.Run("Get-TandemGlucoseProfile").Succeeded().OutputOf<GlucoseProfileHour>();

        Assert.Equal(Enumerable.Range(0, 24), hours.Select(hour => hour.Hour));
        Assert.All(hours, hour => Assert.True(hour.Percentile5 <= hour.Median && hour.Median <= hour.Percentile95));
    }

    [Fact]
    public void Insulin_by_day_is_that_of_the_daily_totals()
    {
        var totals = pump.Module.Run("Get-TandemDailyTotal").Succeeded().OutputOf<DailyTotal>();
        var days = pump.Module.Run("Measure-TandemInsulin -By Day").Succeeded().OutputOf<InsulinMetrics>();
        var average = pump.Module.Run("Measure-TandemInsulin").Succeeded().OutputOf<InsulinMetrics>()[0];

        Assert.Equal(
            totals.Select(total => total.BasalUnits + total.BolusUnits), days.Select(day => day.TotalUnits!.Value));
        Assert.Equal(
            days.Where(day => day.IsComplete == true).Average(day => day.Carbs!.Value), average.Carbs!.Value, 1e-9);
        Assert.InRange(average.CompleteDays, 10, days.Count - 1);
    }

    [Fact]
    public void Every_bolus_with_carbohydrates_is_a_meal()
    {
        var boluses = pump.Module.Run("Get-TandemBolus").Succeeded().OutputOf<Bolus>()
            .Where(bolus => bolus.Carbs > 0);
        var meals = pump.Module.Run("Get-TandemMeal").Succeeded().OutputOf<Meal>();

        Assert.Equal(
            boluses.Select(bolus => (bolus.Id, bolus.Timestamp)),
            meals.Select(meal => (meal.Id, (DateTimeOffset?)meal.Timestamp)));
        Assert.Contains(meals, meal => meal.Peak > meal.GlucoseBefore);
    }

    [Fact]
    public void Periods_are_compared_with_the_one_before_unless_another_is_named()
    {
        var before = pump.Module.Run("Compare-TandemPeriod -Since 2026-04-13 -Until 2026-04-20").Succeeded()
            .OutputOf<MeasureDifference>();
        var named = pump.Module.Run(
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
        Assert.Equal(["TandemFetch.TimeRangeInvalid"], pump.Module.Run("Compare-TandemPeriod").ErrorIds);
        Assert.Equal(
            ["TandemFetch.TimeRangeInvalid"],
            pump.Module.Run("Compare-TandemPeriod -Last 7d -ReferenceSince 2026-04-06 -ReferenceUntil 2026-04-05")
                .ErrorIds);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Results_are_shown_as_a_table_of_at_most_120_columns(string command)
    {
        var text = pump.Module.Render(command);

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

        var run = pump.Module.Run(future).Succeeded();

        Assert.All(run.OutputOf<object>(), item => Assert.All(
            item.GetType().GetProperties().Where(property => property.PropertyType == typeof(double?)),
            property => Assert.Null(property.GetValue(item))));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_unknown_pump_is_an_error(string command) =>
        Assert.Equal(["TandemFetch.PumpUnknown"], pump.Module.Run($"{command} -PumpSerial 1").ErrorIds);

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_pump_that_is_named_or_comes_from_the_pipeline_is_measured(string command)
    {
        var all = Json(command);

        Assert.Equal(all, Json($"{command} -PumpSerial (Get-TandemPump).PumpSerial"));
        Assert.Equal(all, Json($"Get-TandemPump | {command}"));
    }

    [Theory]
    [MemberData(nameof(Groupings))]
    public void Each_grouping_splits_the_readings_without_losing_or_doubling_any(GlucoseGrouping grouping)
    {
        var whole = pump.Module.Run("Measure-TandemGlucose").Succeeded().OutputOf<GlucoseMetrics>()[0];
        var groups = pump.Module.Run($"Measure-TandemGlucose -By {grouping}").Succeeded().OutputOf<GlucoseMetrics>();

        Assert.All(groups, group => Assert.Equal(grouping, group.By));
        Assert.Equal(groups.Select(group => group.Group).Distinct().Count(), groups.Count);
        Assert.Equal(whole.Readings, groups.Sum(group => group.Readings));
        Assert.Equal(
            whole.CoveredTimeValue, groups.Aggregate(TimeSpan.Zero, (sum, group) => sum + group.CoveredTimeValue));
        Assert.Equal(
            whole.Mean!.Value,
            groups.Sum(group => group.Mean!.Value * group.CoveredTimeValue.Ticks) / whole.CoveredTimeValue.Ticks,
            1e-9);
    }

    [Theory]
    [MemberData(nameof(PlainCommands))]
    public void Last_counts_back_from_the_end(string command) => Assert.Equal(
        Json($"{command} -Since 2026-04-13 -Until 2026-04-20"), Json($"{command} -Last 7d -Until 2026-04-20"));

    [Theory]
    [InlineData("no-readings", "DELETE FROM cgm_readings")]
    [InlineData("one-reading", MeasuredPump.AllButOneReading)]
    [InlineData("no-boluses", "DELETE FROM boluses")]
    [InlineData("no-totals", "DELETE FROM daily_totals")]
    public void What_a_file_lacks_makes_no_error_and_no_number_that_is_none(string name, string change)
    {
        var file = pump.Changed(name, change);

        foreach (var command in Commands.Select(row => $"{row.Data} {file}"))
        {
            Assert.DoesNotMatch("NaN|Infinity", Json(command));
        }
    }

    [Fact]
    public void Without_readings_glucose_is_empty_and_says_why_and_insulin_is_as_before()
    {
        var file = pump.Changed("no-readings", "DELETE FROM cgm_readings");

        var metrics = pump.Module.Run($"Measure-TandemGlucose {file}").Succeeded().OutputOf<GlucoseMetrics>()[0];
        var days = pump.Module.Run($"Measure-TandemGlucose -By Day {file}").Succeeded();

        Assert.Equal((0, null), (metrics.Readings, metrics.Mean));
        Assert.Equal("All: There are no readings in this range of time.", metrics.Missing[0].ToString());
        Assert.Equal((0, "There are no readings in this range of time."), (days.Output.Count, days.Warnings.Single()));
        Assert.Empty(pump.Module.Run($"Get-TandemGlucoseEpisode {file}").Succeeded().Output);
        Assert.Equal(Json("Measure-TandemInsulin"), Json($"Measure-TandemInsulin {file}"));
        Assert.All(
            pump.Module.Run($"Get-TandemMeal {file}").Succeeded().OutputOf<Meal>(),
            meal => Assert.Equal((null, null), (meal.GlucoseBefore, meal.Peak)));
    }

    [Fact]
    public void One_reading_has_a_mean_and_no_deviation()
    {
        var file = pump.Changed("one-reading", MeasuredPump.AllButOneReading);

        var metrics = pump.Module.Run($"Measure-TandemGlucose {file}").Succeeded().OutputOf<GlucoseMetrics>()[0];

        Assert.Equal((1, metrics.Median, null), (metrics.Readings, metrics.Mean, metrics.StandardDeviation));
        Assert.Contains(
            "StandardDeviation: It needs 30 readings; there are 1.",
            metrics.Missing.Select(missing => missing.ToString()));
    }

    [Fact]
    public void Without_boluses_there_are_no_meals_and_glucose_is_as_before()
    {
        var file = pump.Changed("no-boluses", "DELETE FROM boluses");

        Assert.Empty(pump.Module.Run($"Get-TandemMeal {file}").Succeeded().Output);
        Assert.Equal(Json("Measure-TandemGlucose"), Json($"Measure-TandemGlucose {file}"));
        var insulin = pump.Module.Run($"Measure-TandemInsulin {file}").Succeeded().OutputOf<InsulinMetrics>()[0];
        Assert.Equal((0.0, 0), (insulin.Meals, insulin.Boluses.Count));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_pump_in_a_zone_that_is_unknown_is_an_error(string command)
    {
        var file = pump.Changed("other-zone", "UPDATE pumps SET time_zone = 'Mars/Olympus'");

        Assert.Equal(["TandemFetch.TimeZoneUnknown"], pump.Module.Run($"{command} {file}").ErrorIds);
    }

    [Theory]
    [InlineData("Measure-TandemGlucose -By dayp", "DayPart")]
    [InlineData("Measure-TandemGlucose -Preset o", "OlderHighRisk")]
    [InlineData("Measure-TandemGlucose -Unit mm", "MmolL")]
    [InlineData("Get-TandemGlucoseEpisode hypol", "HypoLevel1")]
    [InlineData("Measure-TandemInsulin -By d", "Day")]
    public void Tab_completes(string typed, string expected) => Assert.Contains(
        expected,
        pump.Module.Run("param($line) (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText", typed)
            .OutputOf<string>());

    [Fact]
    public void What_is_missing_is_said_in_words()
    {
        var metrics = pump.Module.Run("Measure-TandemGlucose -Since 2026-04-19 -Until 2026-04-20").Succeeded()
            .OutputOf<GlucoseMetrics>()[0];

        Assert.Null(metrics.Gmi);
        Assert.StartsWith("Gmi: It needs 9.8 days", metrics.Missing[0].ToString(), StringComparison.Ordinal);
    }

    // Threads add up in no fixed order, so that the last digits are not those of the result.
    private string Json(string command) => Digits().Replace(
        pump.Module.Run($"{command} | ConvertTo-Json -Depth 4 -AsArray").Succeeded().OutputOf<string>()
            .SingleOrDefault(""),
        "");

    [GeneratedRegex(@"(?<=\.\d{9})\d+")]
    private static partial Regex Digits();
}
