using System.Xml.Linq;
using TandemFetch.Records;

namespace TandemFetch.Engine.Report;

/// <summary>The area of a picture in which glucose is drawn, from 0 to 350 mg/dL; what lies above is drawn at the top.
/// </summary>
/// <param name="Left">Its left edge.</param>
/// <param name="Top">Its upper edge.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
internal readonly record struct GlucosePlot(double Left, double Top, double Width, double Height)
{
    private const double Highest = 350;

    /// <summary>Readings further apart than this are not joined: a sensor of 15 minutes has missed one.</summary>
    private static readonly TimeSpan LongestJoin = TimeSpan.FromMinutes(20.0);

    /// <summary>The lower edge.</summary>
    public double Bottom => Top + Height;

    /// <summary>The right edge.</summary>
    public double Right => Left + Width;

    /// <summary>The place of a share of the time from left to right.</summary>
    /// <param name="share">0 to 1.</param>
    public double X(double share) => Left + (Width * Math.Clamp(share, 0, 1));

    /// <summary>The place of glucose.</summary>
    /// <param name="milligrams">mg/dL.</param>
    public double Y(double milligrams) => Bottom - (Height * Math.Clamp(milligrams, 0, Highest) / Highest);

    /// <summary>The frame and the target band.</summary>
    /// <param name="ranges">The target range.</param>
    public IEnumerable<XElement> Background(GlucoseRanges ranges) =>
    [
        Markup.Rectangle("plot", Left, Top, Width, Height),
        Markup.Rectangle("target", Left, Y(ranges.HighAbove), Width, Y(ranges.LowBelow) - Y(ranges.HighAbove)),
    ];

    /// <summary>The borders of the ranges with their values.</summary>
    /// <param name="ranges">The ranges.</param>
    /// <param name="text">The values.</param>
    public IEnumerable<XElement> Borders(GlucoseRanges ranges, ReportText text)
    {
        foreach (var border in new[] { ranges.VeryLowBelow, ranges.VeryHighAbove }.OfType<int>())
        {
            yield return Markup.Line("grid", Left, Y(border), Right, Y(border));
        }

        foreach (var border in new[] { ranges.LowBelow, ranges.HighAbove })
        {
            yield return Markup.Line("border", Left, Y(border), Right, Y(border));
        }

        var borders = new int?[] { ranges.VeryLowBelow, ranges.LowBelow, ranges.HighAbove, ranges.VeryHighAbove, 350 };
        foreach (var border in borders.OfType<int>())
        {
            // The values of low and very low would stand on each other.
            var shift = border == ranges.VeryLowBelow ? 8 : 4;
            yield return Markup.Label(Left - 4, Y(border) + shift, "end", text.Glucose(border));
        }
    }

    /// <summary>The curve of readings, interrupted where readings are missing.</summary>
    /// <param name="day">The readings and their day.</param>
    public XElement Curve(ReportDay day)
    {
        var path = new PathText();
        var length = day.Ends - day.Begins;
        DateTimeOffset? before = null;
        foreach (var reading in day.Readings)
        {
            var moment = reading.Timestamp;
            var isJoined = moment - before <= LongestJoin;
            var x = X((moment - day.Begins) / length);
            path.Add(isJoined ? 'L' : 'M').Add(x, Y(reading.Glucose));
            if (!isJoined)
            {
                // A reading without neighbors is a dot: a line of no length with round ends.
                path.Add('h').Add('0');
            }

            before = moment;
        }

        return Markup.Styled("path", "glucose", Markup.Attribute("d", path.ToString()));
    }
}
