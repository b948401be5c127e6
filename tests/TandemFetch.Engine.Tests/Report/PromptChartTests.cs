using System.Globalization;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Report;
using TandemFetch.Engine.Tests.Analytics;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Report;

/// <summary>The chart at the prompt, character by character.</summary>
public sealed class PromptChartTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);

    private static readonly PromptChartContent Empty = new()
    {
        Since = Noon,
        Until = Noon.AddHours(2),
        Width = 46,
        Height = 8,
    };

    /// <summary>Rises from 60 to 290 mg/dL in two hours, without the readings of half an hour.</summary>
    private static readonly PromptChartContent Rise = Empty with
    {
        Readings =
        [
            .. Enumerable.Range(0, 24).Where(step => step is < 10 or >= 16)
                .Select(step => Reading(Noon.AddMinutes(5 * step), 60 + (10 * step))),
        ],
        Boluses =
        [
            Bolus(Noon.AddMinutes(10), 1.5m, 20),
            Bolus(Noon.AddMinutes(60), 4.25m, 45),
            Bolus(Noon.AddMinutes(65), 0.75m, 0),
            Bolus(Noon.AddMinutes(119), 0.3m, null),
        ],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_small_series_is_drawn_exactly_so()
    {
        AssertLines(
            """
            mg/dL, 2 h until 2026-01-10 14:00: 18 readings, last 290 at 13:55
              300┤                                   ⢀⡠⠤⠂
                 │                             ⢀⣀⠤⠔⠊⠉⠁
                 │                          ⠠⠒⠉⠁
              180┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
                 │            ⢀⣀⠤⠄
                 │       ⣀⡠⠤⠒⠊⠁
               70┤┄⢀⣀⠤⠔⠒⠉┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
               40┤⠊⠁
                U│   1.5              5                0.3
                g│   20               45
                 └┬─────────┬─────────┬─────────┬─────────
                  12:00   12:30     13:00     13:30
            """,
            PromptChart.Draw(Rise));
    }

    [Fact]
    public void Without_readings_the_target_range_and_the_times_remain()
    {
        AssertLines(
            """
            mg/dL, 2 h until 2026-01-10 14:00: no readings
              250┤
                 │
              180┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
                 │
                 │
                 │
               70┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
               40┤
                U│
                g│
                 └┬─────────┬─────────┬─────────┬─────────
                  12:00   12:30     13:00     13:30
            """,
            PromptChart.Draw(Empty));
    }

    [Fact]
    public void One_reading_is_one_dot()
    {
        var lines = PromptChart.Draw(Empty with { Readings = [Reading(Noon.AddHours(1), 120)] });

        Assert.Equal("mg/dL, 2 h until 2026-01-10 14:00: 1 reading, last 120 at 13:00", lines[0]);
        Assert.Equal(1, lines.Sum(Dots));
    }

    [Fact]
    public void Readings_are_joined_over_20_minutes_and_not_over_25()
    {
        Assert.True(DotsOf(20) > 2);
        Assert.Equal(2, DotsOf(25));

        static int DotsOf(int minutes) => PromptChart.Draw(Empty with
        {
            Readings = [Reading(Noon, 100), Reading(Noon.AddMinutes(minutes), 100)],
        }).Sum(Dots);
    }

    [Fact]
    public void Glucose_beyond_the_sensors_range_is_named_so()
    {
        var low = PromptChart.Draw(Empty with { Readings = [Reading(Noon, 39)] })[0];
        var high = PromptChart.Draw(Empty with { Readings = [Reading(Noon, 401)], Unit = GlucoseUnit.MmolL })[0];

        Assert.EndsWith("last below 40 at 12:00", low, StringComparison.Ordinal);
        Assert.EndsWith("last above 22.2 at 12:00", high, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_colors_there_is_no_escape_sequence()
    {
        Assert.DoesNotContain(PromptChart.Draw(Rise), line => line.Contains('\u001b', StringComparison.Ordinal));
    }

    [Fact]
    public void Colors_change_no_character_and_tell_low_in_range_and_high_apart()
    {
        var colored = PromptChart.Draw(Rise with { IsColored = true });

        Assert.Equal(PromptChart.Draw(Rise), colored.Select(Plain));
        foreach (var color in new[] { "\u001b[31m", "\u001b[32m", "\u001b[33m", "\u001b[35m", "\u001b[36m" })
        {
            Assert.Contains(colored, line => line.Contains(color, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_other_unit_and_culture_change_the_numbers_and_not_the_curve()
    {
        var lines = PromptChart.Draw(Rise with
        {
            Unit = GlucoseUnit.MmolL,
            Culture = CultureInfo.GetCultureInfo("de-DE"),
        });

        Assert.Contains(lines, line => line.StartsWith(" 10,0┤", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  3,9┤", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("1,5", StringComparison.Ordinal));
        Assert.Equal(PromptChart.Draw(Rise).Sum(Dots), lines.Sum(Dots));
    }

    [Theory]
    [InlineData(30, 4)]
    [InlineData(80, 12)]
    [InlineData(200, 40)]
    public void No_line_is_wider_than_asked_and_there_are_as_many_as_asked(int width, int height)
    {
        var lines = PromptChart.Draw(Rise with { Width = width, Height = height });

        Assert.Equal(height + 5, lines.Count);
        Assert.All(lines.Skip(1), line => Assert.InRange(line.Length, 1, width));
    }

    [Fact]
    public async Task A_period_without_limits_is_the_six_hours_up_to_the_newest_reading()
    {
        using var file = await MeasuredFile.OfAsync(SyntheticSeries.Syn5, "America/New_York");

        var content = PromptChartReader.Read(file.Database, new RecordFilter(), Noon.AddYears(1), Cancellation);

        Assert.Equal(SyntheticSeries.Syn5[^1].Time.AddMinutes(1), content.Until);
        Assert.Equal(TimeSpan.FromHours(6.0), content.Until - content.Since);
        Assert.Equal("America/New_York", content.Zone.Name);
        Assert.Equal(
            SyntheticSeries.Syn5.Where(reading => reading.Time >= content.Since).Select(reading => reading.Glucose),
            content.Readings.Select(reading => reading.Glucose));
    }

    [Fact]
    public async Task A_file_without_readings_and_a_period_in_the_future_give_an_empty_chart()
    {
        using var empty = await MeasuredFile.CreateAsync();
        using var filled = await MeasuredFile.OfAsync(SyntheticSeries.Syn5);
        var future = new RecordFilter { Since = Noon.AddYears(1) };

        Assert.Equal(Noon, PromptChartReader.Read(empty.Database, new RecordFilter(), Noon, Cancellation).Until);
        var content = PromptChartReader.Read(filled.Database, future, Noon, Cancellation);
        Assert.Equal((future.Since, 0), (content.Since, content.Readings.Count));
        Assert.Contains("no readings", PromptChart.Draw(content)[0], StringComparison.Ordinal);
    }

    private static CgmReading Reading(DateTimeOffset time, int glucose) =>
        new() { Timestamp = time, Glucose = glucose };

    private static Bolus Bolus(DateTimeOffset time, decimal delivered, int? carbs) =>
        new() { Timestamp = time, Delivered = delivered, Carbs = carbs };

    private static int Dots(string line) => line.Where(character => character is >= '\u2800' and <= '\u28ff')
        .Sum(character => int.PopCount(character - '\u2800'));

    private static string Plain(string line) => System.Text.RegularExpressions.Regex
        .Replace(line, "\u001b\\[[0-9]+m", "").TrimEnd();

    private static void AssertLines(string expected, IReadOnlyList<string> lines) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join('\n', lines));
}
