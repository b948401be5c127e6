using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text;
using System.Text.RegularExpressions;
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

    // The width for which the views are made.
    private const int Narrowest = 80;

    // A name that is longer than its column is broken after these characters, and between its words.
    private static readonly Regex WordPart = new(
        @"\G.+?(?:[_/\\.,-]|(?<=[a-z])(?=[A-Z])|$)", RegexOptions.CultureInvariant);

    // Pump clocks and true time are rounded separately.
    private static readonly TimeSpan LeastDifference = TimeSpan.FromMinutes(1.0);

    /// <summary>The day of a time or day; empty if there is none.</summary>
    public static string Day(object? time) => Format(time, ToTheDay);

    /// <summary>A time to the minute; empty if there is none.</summary>
    public static string Minute(object? time) => Format(time, ToTheMinute);

    /// <summary>A time to the second; empty if there is none.</summary>
    public static string Second(object? time) => Format(time, ToTheSecond);

    /// <summary>A time to the minute, with its offset from UTC; empty if there is none.</summary>
    public static string MinuteAndOffset(object? time) => Format(time, "yyyy-MM-dd HH:mm zzz");

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
            || (time.DateTime - shown.DateTime).Duration() < LeastDifference)
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
    public static string InUnit(double? value, PSObject? unit) => value is { } known
        ? known.ToString(UnitOf(unit) == GlucoseUnit.MmolL ? "0.0" : "0", CultureInfo.CurrentCulture)
        : "";

    /// <summary>The name of a record's unit.</summary>
    /// <param name="unit">The record's <see cref="GlucoseUnit"/>.</param>
    public static string UnitName(PSObject? unit) => GlucoseUnits.Name(UnitOf(unit));

    /// <summary>
    /// The name of a member of an enumeration, which PowerShell serializes as a number with that text.
    /// </summary>
    public static string Name(PSObject? member) => member?.ToString() ?? "";

    /// <summary>A text in lines that end between words, for a column of this width.</summary>
    /// <remarks>PowerShell fills the lines of a cell and breaks them anywhere.</remarks>
    public static string Words(string? text, int width)
    {
        var lines = new StringBuilder();
        var room = width;
        foreach (var word in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = word.Length <= width ? [word] : WordPart.Matches(word).Select(part => part.Value);
            var space = lines.Length > 0 ? " " : "";
            foreach (var part in parts)
            {
                if (space.Length + part.Length > room && lines.Length > 0)
                {
                    lines.Append('\n');
                    (room, space) = (width, "");
                }

                lines.Append(space).Append(part);
                (room, space) = (room - space.Length - part.Length, "");
            }
        }

        return lines.ToString();
    }

    /// <summary>The same for a column that gets what the others leave of the window.</summary>
    /// <param name="text">The text.</param>
    /// <param name="taken">The width of the other columns.</param>
    /// <param name="host">The host, whose window has 80 columns if it does not say otherwise.</param>
    public static string Words(string? text, int taken, PSHost host) => Words(text, WindowOf(host) - 1 - taken);

    private static int WindowOf(PSHost host)
    {
        try
        {
            return host?.UI?.RawUI is { } window ? Math.Max(window.BufferSize.Width, Narrowest) : Narrowest;
        }
        catch (Exception failure) when (failure is HostException or NotImplementedException or IOException)
        {
            return Narrowest;
        }
    }

    private static GlucoseUnit UnitOf(PSObject? unit) =>
        Enum.TryParse<GlucoseUnit>(Name(unit), out var known) ? known : GlucoseUnit.MgDl;

    private static string TrueTime(object? timestamp, object? pumpTime, string format) =>
        TimeOf(timestamp) is null ? Format(pumpTime, format) + "?" : Format(timestamp, format);

    private static string Format(object? time, string format) =>
        TimeOf(time)?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    /// <summary>A time; a clock and a day without an offset are given one that is not shown.</summary>
    private static DateTimeOffset? TimeOf(object? value)
    {
        if (value is null)
        {
            return null;
        }

        var wrapped = PSObject.AsPSObject(value);
        var (clockPart, offsetPart) = (Part(wrapped, nameof(DateTime)), Part(wrapped, nameof(DateTimeOffset.Offset)));
        return (wrapped.BaseObject, clockPart, offsetPart) switch
        {
            (DateTimeOffset time, _, _) => time,
            (DateTime clock, _, _) => Unzoned(clock),
            (DateOnly day, _, _) => Unzoned(day.ToDateTime(TimeOnly.MinValue)),
            (_, DateTime clock, TimeSpan offset) => new DateTimeOffset(Unzoned(clock).DateTime, offset),
            _ => DateTimeOffset.TryParse(
                wrapped.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time
                : null,
        };
    }

    /// <summary>A property of a time that PowerShell has serialized.</summary>
    private static object? Part(PSObject time, string name) =>
        time.BaseObject is PSObject or PSCustomObject && time.Properties[name]?.Value is { } value
            ? PSObject.AsPSObject(value).BaseObject
            : null;

    private static DateTimeOffset Unzoned(DateTime clock) =>
        new(DateTime.SpecifyKind(clock, DateTimeKind.Unspecified), TimeSpan.Zero);
}
