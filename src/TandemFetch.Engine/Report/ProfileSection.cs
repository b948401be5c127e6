using System.Xml.Linq;
using TandemFetch.Records;

namespace TandemFetch.Engine.Report;

/// <summary>The percentile curve over the day, with its numbers as a table.</summary>
/// <param name="content">The report.</param>
/// <param name="text">Its numbers.</param>
internal sealed class ProfileSection(ReportContent content, ReportText text)
{
    private const int Width = 800;
    private const int Height = 300;

    private static readonly GlucosePlot Plot = new(44, 12, 706, 256);

    private static readonly (string Name, Func<GlucoseProfileHour, double?> Value)[] Percentiles =
    [
        ("95 %", hour => hour.Percentile95),
        ("75 %", hour => hour.Percentile75),
        ("50 %", hour => hour.Median),
        ("25 %", hour => hour.Percentile25),
        ("5 %", hour => hour.Percentile5),
    ];

    /// <summary>The section.</summary>
    public XElement Build() => Markup.Element(
        "section",
        Markup.Element("h2", "Glucose over the day"),
        Markup.Element(
            "p",
            "Median, middle half (25 to 75 %) and 5 to 95 % of the readings by time of the day, "
            + "smoothed over the hours."),
        Markup.Styled(
            "div",
            "wide",
            Markup.Attribute("role", "region"),
            Markup.Attribute("tabindex", "0"),
            Markup.Attribute("aria-label", "Chart of glucose over the day"),
            Picture()),
        content.Profile.All(hour => hour.Reason is null) ? null : Markup.Styled(
            "p",
            "reason",
            "Curves are left out where an hour has too few readings: 25 and 75 % need 4 of them, 5 and 95 % need 20."),
        Markup.Element("details", Markup.Element("summary", "The numbers of the curve"), Numbers()));

    /// <summary>The curve alone.</summary>
    public XElement Picture() => Markup.Picture(
        "profile",
        (Width, Height),
        "Glucose profile",
        Description(),
        Plot.Background(content.Ranges),
        Hours(),
        Bands("outer", hour => hour.Percentile95, hour => hour.Percentile5),
        Bands("inner", hour => hour.Percentile75, hour => hour.Percentile25),
        Runs(hour => hour.Median).Select(run => Markup.Styled(
            "path", "median", Markup.Attribute("d", SmoothPath.Through(run)))),
        Plot.Borders(content.Ranges, text),
        Names());

    private string Description()
    {
        var known = content.Profile.Where(hour => hour.Median is not null).ToList();
        if (known.Count == 0)
        {
            return "There are too few readings for a curve.";
        }

        var (lowest, highest) = (known.MinBy(hour => hour.Median)!, known.MaxBy(hour => hour.Median)!);
        return $"The median is lowest from {HourOf(lowest.Hour)} to {HourOf(lowest.Hour + 1)} with "
            + $"{text.GlucoseWithUnit(lowest.Median)} and highest from {HourOf(highest.Hour)} to "
            + $"{HourOf(highest.Hour + 1)} with {text.GlucoseWithUnit(highest.Median)}. "
            + $"The target range is {text.Glucose(content.Ranges.LowBelow)} to "
            + $"{text.GlucoseWithUnit(content.Ranges.HighAbove)}.";
    }

    private string HourOf(int hour) => new TimeOnly(hour % 24, 0).ToString("t", content.Culture);

    private IEnumerable<XElement> Hours() => Enumerable.Range(0, 9).Select(third => third * 3).SelectMany(hour =>
        new[]
        {
            Markup.Line("grid", Plot.X(hour / 24.0), Plot.Top, Plot.X(hour / 24.0), Plot.Bottom),
            Markup.Label(Plot.X(hour / 24.0), Plot.Bottom + 16, "middle", HourOf(hour)),
        });

    private IEnumerable<XElement> Bands(
        string classes, Func<GlucoseProfileHour, double?> upper, Func<GlucoseProfileHour, double?> lower)
    {
        // Both percentiles have values in the same hours, since they need equally many readings.
        var pairs = Runs(upper).Zip(Runs(lower));
        return pairs.Select(pair => Markup.Styled(
            "path", classes, Markup.Attribute("d", SmoothPath.Between(pair.First, pair.Second))));
    }

    /// <summary>
    /// The points of a percentile, hour by hour, where hours with values follow each other. Both edges of the day have
    /// the mean of the hours beside midnight.
    /// </summary>
    private List<List<(double X, double Y)>> Runs(Func<GlucoseProfileHour, double?> value)
    {
        var hours = content.Profile;
        var midnight = (value(hours[0]) + value(hours[^1])) / 2;
        var places = hours.Select(hour => (Share: (hour.Hour + 0.5) / 24, Value: value(hour)))
            .Prepend((0, midnight)).Append((1, midnight));
        var runs = new List<List<(double X, double Y)>>();
        var isOpen = false;
        foreach (var (share, here) in places)
        {
            if (here is { } glucose)
            {
                if (!isOpen)
                {
                    runs.Add([]);
                }

                runs[^1].Add((Plot.X(share), Plot.Y(glucose)));
            }

            isOpen = here is not null;
        }

        return runs;
    }

    /// <summary>The names of the percentiles at the right edge, moved apart where they would stand on each other.
    /// </summary>
    private IEnumerable<XElement> Names()
    {
        const double LeastDistance = 11;
        var lowest = double.NegativeInfinity;
        foreach (var (name, value) in Percentiles)
        {
            if (Runs(value) is [.., var run] && run[^1].X >= Plot.Right)
            {
                lowest = Math.Max(run[^1].Y + 4, lowest + LeastDistance);
                yield return Markup.Label(Plot.Right + 6, lowest, "start", name);
            }
        }
    }

    private XElement Numbers() => Markup.Table(
        $"Glucose by hour of the day, {text.Unit}",
        ["Hour", "Readings", .. Percentiles.AsEnumerable().Reverse().Select(percentile => percentile.Name)],
        content.Profile.Select(hour => Markup.Row(
            HourOf(hour.Hour),
            [
                hour.Readings.ToString("N0", content.Culture),
                .. Percentiles.AsEnumerable().Reverse().Select(percentile => text.Glucose(percentile.Value(hour))),
            ])));
}
