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

    private static DateTimeOffset? InNewYork(string text)
    {
        new ModuleIsolation().OnImport();
        return Parse(text);

        // A separate method, so that the engine is loaded only when it can be found.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static DateTimeOffset? Parse(string text) => TimeText.ParseMoment(text, Now)?.In(ZoneRules.Find("America/New_York"));
    }
}
