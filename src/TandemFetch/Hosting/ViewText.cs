using System.Globalization;
using System.Management.Automation;
using TandemFetch.Records;

namespace TandemFetch.Hosting;

/// <summary>
/// Times, days and durations as the module's views show them, the same in every culture. Values can come from a record
/// or from one that PowerShell has serialized, in which a time is an object with the same properties, or text.
/// </summary>
public static class ViewText
{
    private const string ToTheDay = "yyyy-MM-dd";
    private const string ToTheMinute = "yyyy-MM-dd HH:mm";
    private const string ToTheSecond = "yyyy-MM-dd HH:mm:ss";

    // Pump clocks and true time are rounded separately.
    private static readonly TimeSpan LeastDifference = TimeSpan.FromMinutes(1.0);

    /// <summary>The day of a time or day; empty if there is none.</summary>
    public static string Day(object? time) => Format(time, ToTheDay);

    /// <summary>A time to the minute; empty if there is none.</summary>
    public static string Minute(object? time) => Format(time, ToTheMinute);

    /// <summary>A time to the second; empty if there is none.</summary>
    public static string Second(object? time) => Format(time, ToTheSecond);

    /// <summary>The time of day to the minute; empty if there is none.</summary>
    public static string Clock(object? time) => Format(time, "HH:mm");

    /// <summary>The time of day to the second; empty if there is none.</summary>
    public static string ClockSecond(object? time) => Format(time, "HH:mm:ss");

    /// <summary>
    /// The true time of a record; if it cannot be known, the pump's own clock with a question mark.
    /// </summary>
    public static string TrueTime(object? timestamp, object? pumpTime) => TrueTime(timestamp, pumpTime, ToTheMinute);

    /// <summary>The same, to the second.</summary>
    public static string TrueTimeSecond(object? timestamp, object? pumpTime) =>
        TrueTime(timestamp, pumpTime, ToTheSecond);

    /// <summary>The same to the minute, and below it the pump's clock if that showed another time.</summary>
    public static string BothTimes(object? timestamp, object? pumpTime)
    {
        var text = TrueTime(timestamp, pumpTime);
        if (TimeOf(timestamp) is not { } time || TimeOf(pumpTime) is not { } shown
            || (time - shown).Duration() < LeastDifference)
        {
            return text;
        }

        var format = shown.Date == time.Date ? "HH:mm" : shown.Year == time.Year ? "MM-dd HH:mm" : ToTheMinute;
        return $"{text}\npump {shown.ToString(format, CultureInfo.InvariantCulture)}";
    }

    /// <summary>A duration in the notation of <see cref="DurationText.Rounded"/>; empty if there is none.</summary>
    public static string Duration(object? duration) => PSObject.AsPSObject(duration ?? "").BaseObject switch
    {
        TimeSpan known => DurationText.Rounded(known),
        string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var known) =>
            DurationText.Rounded(known),
        _ => "",
    };

    /// <summary>A value in the unit of its record, without the unit; empty if there is none.</summary>
    /// <param name="value">The value.</param>
    /// <param name="unit">The record's <see cref="GlucoseUnit"/>.</param>
    public static string InUnit(double? value, object? unit) => value is { } known
        ? known.ToString(UnitOf(unit) == GlucoseUnit.MmolL ? "0.0" : "0", CultureInfo.CurrentCulture)
        : "";

    /// <summary>The name of a record's unit.</summary>
    /// <param name="unit">The record's <see cref="GlucoseUnit"/>.</param>
    public static string UnitName(object? unit) => GlucoseUnits.Name(UnitOf(unit));

    // A serialized enumeration is a number with the text of the member.
    private static GlucoseUnit UnitOf(object? unit) =>
        Enum.TryParse<GlucoseUnit>(unit?.ToString(), out var known) ? known : GlucoseUnit.MgDl;

    private static string TrueTime(object? timestamp, object? pumpTime, string format) =>
        TimeOf(timestamp) is null ? Format(pumpTime, format) + "?" : Format(timestamp, format);

    private static string Format(object? time, string format) =>
        TimeOf(time)?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static DateTime? TimeOf(object? value)
    {
        if (value is null)
        {
            return null;
        }

        var wrapped = PSObject.AsPSObject(value);
        return wrapped.BaseObject switch
        {
            DateTimeOffset time => time.DateTime,
            DateTime time => time,
            DateOnly day => day.ToDateTime(TimeOnly.MinValue),
            _ when PSObject.AsPSObject(wrapped.Properties["DateTime"]?.Value ?? "").BaseObject is DateTime time => time,
            _ => DateTimeOffset.TryParse(
                wrapped.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? time.DateTime
                : null,
        };
    }
}
