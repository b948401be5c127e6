using System.Globalization;
using System.Xml.Linq;
using TandemFetch.Engine.Analytics.Insulin;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Report;

/// <summary>A day: its chart, and what happened as a table.</summary>
/// <param name="content">The report.</param>
/// <param name="text">Its numbers.</param>
/// <param name="day">The day.</param>
internal sealed class DailyPage(ReportContent content, ReportText text, ReportDay day)
{
    private const int Width = 800;
    private const int Height = 310;
    private const double BolusTop = 186;
    private const double BolusHeight = 44;
    private const double BasalTop = 238;
    private const double BasalHeight = 36;
    private const double ModeTop = 278;

    /// <summary>The rate that is drawn at full height where there is no higher one, thousandths of units/h.</summary>
    private const int LeastBasal = 2000;

    private static readonly GlucosePlot Plot = new(44, 16, 728, 164);

    private readonly long _begins = UnixTime.Microseconds(day.Begins);
    private readonly double _length = (day.Ends - day.Begins).TotalMicroseconds;

    /// <summary>The day as an article.</summary>
    public XElement Build() => Markup.Styled(
        "article",
        "day",
        Markup.Element("h3", text.LongDate(day.Day)),
        Markup.Element("p", Summary()),
        Markup.Styled(
            "div",
            "wide",
            Markup.Attribute("role", "region"),
            Markup.Attribute("tabindex", "0"),
            Markup.Attribute("aria-label", $"Chart of {text.LongDate(day.Day)}"),
            Picture()),
        Alerts(),
        Markup.Element("details", Markup.Element("summary", "Events of the day"), Events()),
        HtmlReport.Note());

    /// <summary>The chart alone.</summary>
    public XElement Picture() => Markup.Picture(
        "daily",
        (Width, Height),
        $"Glucose and insulin on {text.LongDate(day.Day)}",
        Summary(),
        Plot.Background(content.Ranges),
        Hours(),
        Plot.Borders(content.Ranges, text),
        Plot.Curve(day),
        day.Alerts.Select(alert => Mark(alert.Timestamp!.Value)),
        Markup.Label(Plot.Left - 4, BolusTop + 12, "end", "U"),
        Markup.Label(Plot.Left - 4, BolusTop + 36, "end", "g"),
        Boluses(),
        Markup.Label(Plot.Left - 4, BasalTop + 20, "end", "U/h"),
        Basal(),
        day.Modes.SelectMany(Mode));

    private string Summary()
    {
        var carbs = day.Boluses.Sum(bolus => bolus.Carbs ?? 0);
        return $"In range {text.Amount(day.Glucose?.InRangePercent, "0", "%")}, "
            + $"mean {text.GlucoseWithUnit(day.Glucose?.Mean)}, "
            + $"insulin {text.Amount((double?)day.Insulin?.TotalUnits, "0.0", "U")} "
            + $"(basal {text.Amount((double?)day.Insulin?.BasalUnits, "0.0", "U")}), "
            + $"carbohydrates {carbs.ToString(content.Culture)} g.";
    }

    private double X(DateTimeOffset moment) => X(UnixTime.Microseconds(moment));

    private double X(long moment) => Plot.X((moment - _begins) / _length);

    private IEnumerable<XElement> Hours()
    {
        for (var hour = 0; hour <= 24; hour += 3)
        {
            // On days of 23 or 25 hours, the clock's hours are not at equal distances from midnight.
            var x = hour == 24
                ? Plot.Right
                : X(content.Zone.FirstAt(day.Day.ToDateTime(new TimeOnly(hour, 0))));
            yield return Markup.Line("grid", x, Plot.Top, x, ModeTop + 10);
            yield return Markup.Label(
                x, Height - 6, "middle", new TimeOnly(hour % 24, 0).ToString("t", content.Culture));
        }
    }

    private XElement Mark(DateTimeOffset moment)
    {
        var x = X(moment);
        var points = string.Create(CultureInfo.InvariantCulture, $"{x - 4:0.##},4 {x + 4:0.##},4 {x:0.##},12");
        return Markup.Styled("polygon", "alert", Markup.Attribute("points", points));
    }

    private IEnumerable<XElement> Boluses()
    {
        var most = Math.Max(10.0m, day.Boluses.Select(bolus => bolus.Delivered ?? 0).DefaultIfEmpty().Max());
        return day.Boluses.SelectMany(bolus => Bolus(bolus, most));
    }

    private IEnumerable<XElement> Bolus(Bolus bolus, decimal most)
    {
        var x = X(bolus.Timestamp!.Value);
        var height = (double)((bolus.Delivered ?? 0) / most) * (BolusHeight - 20);
        var isAutomatic = bolus.Source == "Algorithm";
        yield return Markup.Rectangle(
            isAutomatic ? "bolus automatic" : "bolus", x - 1.5, BolusTop + BolusHeight - 18 - height, 3, height);
        if (!isAutomatic && bolus.Delivered > 0)
        {
            yield return Markup.Label(x + 3, BolusTop + 12, "start", text.Number((double)bolus.Delivered, "0.#"));
        }

        if (bolus.Carbs > 0)
        {
            yield return Markup.Styled(
                "text",
                "carbs",
                Markup.At("x", x),
                Markup.At("y", BolusTop + 38),
                Markup.Attribute("text-anchor", "middle"),
                bolus.Carbs.Value.ToString(content.Culture));
        }
    }

    // One shape for the day: an algorithm sets the rate every five minutes.
    private XElement? Basal()
    {
        const double Bottom = BasalTop + BasalHeight;
        var most = (double)Math.Max(LeastBasal, day.Basal.Select(delivery => delivery.Rate).DefaultIfEmpty().Max());
        var path = new PathText();
        foreach (var delivery in day.Basal.Where(delivery => delivery.Rate > 0))
        {
            var from = X(delivery.Began);
            var ended = delivery.Ended == BasalStretch.Lasting
                ? UnixTime.Microseconds(day.LastMoment)
                : delivery.Ended;
            var top = Bottom - (delivery.Rate / most * BasalHeight);
            path.Add('M').Add(from, Bottom)
                .Add('V').Add(top)
                .Add('H').Add(Math.Max(X(ended), from))
                .Add('V').Add(Bottom)
                .Add('Z');
        }

        return path.IsEmpty ? null : Markup.Styled("path", "basal", Markup.Attribute("d", path.ToString()));
    }

    private IEnumerable<XElement> Mode(UserMode mode)
    {
        var (from, to) = Part(mode.Timestamp!.Value, mode.Ended);
        yield return Markup.Rectangle("mode", from, ModeTop, to - from, 10);

        // A name that begins near the right edge would leave the picture.
        var isNearEdge = from > Plot.Right - 60;
        yield return Markup.Label(
            isNearEdge ? Plot.Right - 2 : from + 2, ModeTop + 9, isNearEdge ? "end" : "start", mode.Mode);
    }

    // Where the end is not known, the last thing that the log has of the day.
    private (double From, double To) Part(DateTimeOffset began, DateTimeOffset? ended)
    {
        var end = ended ?? day.LastMoment;
        return (X(began), Math.Max(X(end), X(began)));
    }

    private XElement? Alerts() => day.Alerts.Count == 0 ? null : Markup.Styled(
        "p",
        "events",
        "Alerts: ",
        string.Join("; ", day.Alerts.GroupBy(AlertText.NameOf).Select(alerts =>
            $"{alerts.Key} {string.Join(", ", alerts.Select(alert => text.Time(alert.Timestamp)))}")),
        ".");

    private XElement Events() => Markup.Table(
        $"Events of {text.LongDate(day.Day)}",
        ["Time", "What", "Insulin", "Carbohydrates"],
        day.Boluses.Select(bolus => (
                Time: bolus.Timestamp!.Value,
                What: $"Bolus, {bolus.Kind ?? "unknown kind"}",
                Insulin: text.Amount((double?)bolus.Delivered, "0.00", "U"),
                Carbs: bolus.Carbs > 0 ? $"{bolus.Carbs.Value.ToString(content.Culture)} g" : ""))
            .Concat(day.Alerts.Select(alert => (
                Time: alert.Timestamp!.Value,
                What: AlertText.Describe(alert),
                Insulin: "",
                Carbs: "")))
            .Concat(day.Modes.Select(mode => (
                Time: mode.Timestamp!.Value,
                What: $"{mode.Mode} until {text.Time(mode.Ended)}",
                Insulin: "",
                Carbs: "")))
            .OrderBy(happening => happening.Time)
            .Select(happening => Markup.Row(
                text.Time(happening.Time), [happening.What, happening.Insulin, happening.Carbs])));
}
