using System.Globalization;
using TandemFetch.Records;

namespace TandemFetch.Engine.Report;

/// <summary>Numbers and times of a report as text: by culture, in its unit and its zone.</summary>
/// <param name="content">The report.</param>
internal sealed class ReportText(ReportContent content)
{
    /// <summary>What stands for a number that there is none of.</summary>
    public const string Nothing = "–";

    /// <summary>The name of the unit of glucose.</summary>
    public string Unit { get; } = GlucoseUnits.Name(content.Unit);

    /// <summary>Glucose without its unit.</summary>
    /// <param name="milligrams">mg/dL.</param>
    public string Glucose(double? milligrams) =>
        Number(GlucoseUnits.Convert(milligrams, content.Unit), content.Unit == GlucoseUnit.MmolL ? "0.0" : "0");

    /// <summary>Glucose with its unit.</summary>
    /// <param name="milligrams">mg/dL.</param>
    public string GlucoseWithUnit(double? milligrams) =>
        milligrams is null ? Nothing : $"{Glucose(milligrams)} {Unit}";

    /// <summary>A number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="format">Its format, such as <c>0.0</c>.</param>
    public string Number(double? value, string format) => value?.ToString(format, content.Culture) ?? Nothing;

    /// <summary>A number with a unit.</summary>
    /// <param name="value">The number.</param>
    /// <param name="format">Its format.</param>
    /// <param name="unit">What follows it.</param>
    public string Amount(double? value, string format, string unit) =>
        value is null ? Nothing : $"{Number(value, format)} {unit}";

    /// <summary>A number of days.</summary>
    /// <param name="days">The number.</param>
    public string Days(int days) => $"{days.ToString("N0", content.Culture)} {(days == 1 ? "day" : "days")}";

    /// <summary>A length of time in hours and minutes.</summary>
    /// <param name="time">The time.</param>
    public string Length(TimeSpan? time)
    {
        if (time is not { } length)
        {
            return Nothing;
        }

        var minutes = (long)Math.Round(length.TotalMinutes);
        return minutes < 60
            ? $"{minutes.ToString(content.Culture)} min"
            : $"{(minutes / 60).ToString(content.Culture)} h {(minutes % 60).ToString("00", content.Culture)} min";
    }

    /// <summary>A time of the day.</summary>
    /// <param name="moment">The moment.</param>
    public string Time(DateTimeOffset? moment) =>
        moment is { } time ? content.Zone.ToLocal(time).ToString("t", content.Culture) : Nothing;

    /// <summary>A date with its year.</summary>
    /// <param name="day">The date.</param>
    public string Date(DateOnly day) => day.ToString("d", content.Culture);

    /// <summary>A date with its day of the week in the language of the report.</summary>
    /// <param name="day">The date.</param>
    public string LongDate(DateOnly day) => $"{Weekday(day)}, {Date(day)}";

    /// <summary>A day of the week in the language of the report.</summary>
    /// <param name="day">The date.</param>
    public static string Weekday(DateOnly day) => day.ToString("dddd", CultureInfo.InvariantCulture);
}
