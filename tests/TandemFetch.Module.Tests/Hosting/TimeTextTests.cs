using System.Globalization;
using System.Runtime.CompilerServices;
using TandemFetch.Engine.Clock;
using TandemFetch.Hosting;

namespace TandemFetch.Module.Tests.Hosting;

/// <summary>How moments and durations may be typed.</summary>
public sealed class TimeTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 20, 2, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("now", "2026-04-20T02:30:00Z")]
    [InlineData("today", "2026-04-19T04:00:00Z")]
    [InlineData("Yesterday", "2026-04-18T04:00:00Z")]
    [InlineData("7d", "2026-04-13T02:30:00Z")]
    [InlineData("24H", "2026-04-19T02:30:00Z")]
    [InlineData("90m", "2026-04-20T01:00:00Z")]
    [InlineData("1d12h", "2026-04-18T14:30:00Z")]
    [InlineData("08:00", "2026-04-19T12:00:00Z")]
    [InlineData("2026-04-01", "2026-04-01T04:00:00Z")]
    [InlineData("2026-01-01 08:30", "2026-01-01T13:30:00Z")]
    [InlineData("2026-04-01T08:30:00Z", "2026-04-01T08:30:00Z")]
    [InlineData("2026-04-01T08:30:00+02:00", "2026-04-01T06:30:00Z")]
    public void A_moment_is_meant_in_the_zone_unless_it_says_otherwise(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), InNewYork(text));

    [Theory]
    [InlineData("nonsense")]
    [InlineData("7")]
    [InlineData("1.5")]
    [InlineData("2026-13-01")]
    [InlineData("20260401")]
    [InlineData("-7d")]
    [InlineData("9999999d")]
    [InlineData("")]
    public void Nonsense_is_no_moment(string text) => Assert.Null(TimeText.ParseMoment(text, Now));

    [Theory]
    [InlineData("24h", "1.00:00:00")]
    [InlineData("2w", "14.00:00:00")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("1:30", "01:30:00")]
    [InlineData("1.00:00:00", "1.00:00:00")]
    [InlineData("0", "00:00:00")]
    public void A_length_has_a_unit(string text, string expected) =>
        Assert.Equal(TimeSpan.Parse(expected, CultureInfo.InvariantCulture), TimeText.ParseLength(text));

    [Theory]
    [InlineData("7")]
    [InlineData("d")]
    [InlineData("7 parsecs")]
    public void A_number_alone_is_no_length(string text) => Assert.Null(TimeText.ParseLength(text));

    [Theory]
    [InlineData("3M", "Use 3m for minutes, or 90d for months of 30 days.")]
    [InlineData("1w12M", "Use 1w12m for minutes, or 1w360d for months of 30 days.")]
    public void A_capital_M_is_neither_minutes_nor_months(string text, string advice)
    {
        Assert.Null(TimeText.ParseMoment(text, Now));
        Assert.Null(TimeText.ParseLength(text));
        Assert.EndsWith(advice, TimeText.Ambiguity(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3m")]
    [InlineData("24H")]
    [InlineData("March")]
    public void What_is_not_ambiguous_is_not_called_so(string text) => Assert.Null(TimeText.Ambiguity(text));

    [Theory]
    [InlineData("th-TH", "14/11/2569 23:55:10 -05:00")]
    [InlineData("fa-IR", "1405/8/23 23:55:10 -05:00")]
    [InlineData("tr-TR", "14.11.2026 23:55:10 -05:00")]
    [InlineData("en-US", "11/14/2026 11:55:10 PM -05:00")]
    [InlineData("ar-SA", "2026-11-14 23:55:10 -05:00")]
    public void A_date_can_be_given_back_as_the_prompt_shows_it(string culture, string text) => InCulture(culture, () =>
        Assert.Equal(new DateTimeOffset(2026, 11, 14, 23, 55, 10, TimeSpan.FromHours(-5)), InNewYork(text)));

    [Theory]
    [InlineData("th-TH")]
    [InlineData("fa-IR")]
    [InlineData("ar-SA")]
    public void A_date_that_begins_with_its_year_is_Gregorian_everywhere(string culture) => InCulture(culture, () =>
        Assert.Equal(new DateTimeOffset(2026, 4, 1, 8, 30, 0, TimeSpan.FromHours(-4)), InNewYork("2026-04-01 08:30")));

    [Theory]
    [InlineData("en-GB", "03/04/2026")]
    [InlineData("es-ES", "3/4/2026")]
    public void A_date_that_means_two_days_is_refused(string culture, string text) => InCulture(culture, () =>
    {
        Assert.Null(InNewYork(text));
        Assert.Equal(
            $"'{text}' is ambiguous: 2026-03-04 or 2026-04-03? Write the year first.", TimeText.Ambiguity(text));
    });

    [Theory]
    [InlineData("en-US", "1405/8/23")]
    [InlineData("en-US", "14/11/2569")]
    public void A_year_of_another_calendar_is_no_date(string culture, string text) => InCulture(culture, () =>
        Assert.Null(InNewYork(text)));

    private static void InCulture(string name, Action check)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
        try
        {
            check();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static DateTimeOffset? InNewYork(string text)
    {
        new ModuleIsolation().OnImport();
        return Parse(text);

        // A separate method, so that the engine is loaded only when it can be found.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static DateTimeOffset? Parse(string text) => TimeText.ParseMoment(text, Now)?.In(ZoneRules.Find("America/New_York"));
    }
}
