using System.Globalization;

namespace TandemFetch.Records;

/// <summary>
/// The notation of durations, <c>[-][d.]hh:mm:ss[.fffffff]</c>, which <c>[timespan]</c> reads and writes in any
/// culture.
/// </summary>
/// <remarks>
/// <c>ConvertTo-Json</c> writes any other type than text, numbers and times property by property. The records therefore
/// hold durations and days as text; the module's type data gives them their types at the prompt.
/// </remarks>
public static class DurationText
{
    /// <summary>The text of a duration.</summary>
    public static string Of(TimeSpan duration) => duration.ToString("c", CultureInfo.InvariantCulture);

    /// <summary>
    /// The text of a duration in a view: to the second, and to a tenth of a second below one minute.
    /// </summary>
    public static string Rounded(TimeSpan duration)
    {
        var isShort = duration.Duration() < TimeSpan.FromMinutes(1.0);
        var unit = isShort ? TimeSpan.TicksPerSecond / 10 : TimeSpan.TicksPerSecond;
        var rounded = new TimeSpan((long)Math.Round((double)duration.Ticks / unit) * unit);
        var text = Of(rounded);
        return rounded.Ticks % TimeSpan.TicksPerSecond == 0 ? text : text.TrimEnd('0');
    }

    /// <summary>The text of a duration, or null if there is none.</summary>
    public static string? Of(TimeSpan? duration) => duration is { } known ? Of(known) : null;
}
