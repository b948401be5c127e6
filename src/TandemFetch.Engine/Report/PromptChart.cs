using System.Text;
using TandemFetch.Records;

namespace TandemFetch.Engine.Report;

/// <summary>Draws glucose, boluses and carbohydrates with characters: the curve in braille, the numbers below it.
/// </summary>
public static class PromptChart
{
    /// <summary>The least number of characters in a line.</summary>
    public const int LeastWidth = 30;

    /// <summary>The least number of lines of the curve.</summary>
    public const int LeastHeight = 4;

    private const int Gutter = 6;
    private const double Bottom = 40;
    private const double LeastTop = 250;
    private const string Red = "31";
    private const string Green = "32";
    private const string Yellow = "33";
    private const string Magenta = "35";
    private const string Cyan = "36";
    private const string Gray = "90";

    /// <summary>Readings further apart than this are not joined: a sensor of 15 minutes has missed one.</summary>
    private static readonly TimeSpan LongestJoin = TimeSpan.FromMinutes(20.0);

    private static readonly TimeSpan TickStep = TimeSpan.FromMinutes(15.0);

    // Minutes between two times on the axis.
    private static readonly int[] Steps = [15, 30, 60, 120, 180, 240, 360, 720, 1_440, 2_880, 10_080];

    /// <summary>The lines of the chart.</summary>
    /// <param name="content">What to draw.</param>
    public static IReadOnlyList<string> Draw(PromptChartContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var columns = Math.Max(content.Width, LeastWidth) - Gutter;
        return
        [
            Heading(content),
            .. Curve(content, columns),
            EventRow(content, columns, "U", Cyan, bolus => bolus.Delivered, "0.##"),
            EventRow(content, columns, "g", Magenta, bolus => bolus.Carbs, "0"),
            .. TimeAxis(content, columns),
        ];
    }

    private static string Heading(PromptChartContent content)
    {
        var unit = GlucoseUnits.Name(content.Unit);
        var hours = (content.Until - content.Since).TotalHours.ToString("0.#", content.Culture);
        var until = content.Zone.ToLocal(content.Until).ToString("yyyy-MM-dd HH:mm", content.Culture);
        var readings = content.Readings.Count switch
        {
            0 => "no readings",
            1 => "1 reading",
            var count => $"{count.ToString("N0", content.Culture)} readings",
        };
        var last = content.Readings is [.., { Timestamp: { } time } reading]
            ? $", last {Glucose(reading.Glucose, content)} at "
                + content.Zone.ToLocal(time).ToString("HH:mm", content.Culture)
            : "";
        return $"{unit}, {hours} h until {until}: {readings}{last}";
    }

    // The sensor's range ends at 40 and 400; 39 and 401 stand for what lies beyond.
    private static string Glucose(int milligrams, PromptChartContent content) => milligrams switch
    {
        < 40 => "below " + Value(40, content),
        > 400 => "above " + Value(400, content),
        _ => Value(milligrams, content),
    };

    private static string Value(double milligrams, PromptChartContent content) => GlucoseUnits
        .Convert(milligrams, content.Unit)
        .ToString(content.Unit == GlucoseUnit.MmolL ? "0.0" : "0", content.Culture);

    private static IEnumerable<string> Curve(PromptChartContent content, int columns)
    {
        var rows = Math.Max(content.Height, LeastHeight);
        var canvas = new BrailleCanvas(columns, rows);
        var highest = content.Readings.Select(reading => (double)reading.Glucose).DefaultIfEmpty().Max();
        var top = Math.Max(LeastTop, Math.Ceiling(highest / 50) * 50);
        Plot(content, canvas, top);

        var borders = new[] { content.Ranges.HighAbove, content.Ranges.LowBelow }.ToDictionary(RowOf, border => border);
        var labels = new Dictionary<int, double> { [0] = top, [rows - 1] = Bottom };
        foreach (var (row, border) in borders)
        {
            labels[row] = border;
        }

        for (var row = 0; row < rows; row++)
        {
            var line = new PromptLine(content.IsColored);
            var label = labels.TryGetValue(row, out var value) ? Value(value, content) : "";
            line.Append(label.PadLeft(Gutter - 1) + (label.Length > 0 ? '┤' : '│'), null);
            for (var column = 0; column < columns; column++)
            {
                if (canvas.At(column, row) is var (character, level))
                {
                    line.Append($"{character}", ColorOf(level));
                }
                else
                {
                    line.Append(borders.ContainsKey(row) ? "┄" : " ", borders.ContainsKey(row) ? Gray : null);
                }
            }

            yield return line.ToString();
        }

        int RowOf(int milligrams) => DotOf(milligrams, top, canvas.Height) / 4;
    }

    private static void Plot(PromptChartContent content, BrailleCanvas canvas, double top)
    {
        (CgmReading Reading, int X)? before = null;
        foreach (var reading in content.Readings)
        {
            var x = (int)(Share(content, reading.Timestamp!.Value) * canvas.Width);
            var isJoined = before is { } last && reading.Timestamp - last.Reading.Timestamp <= LongestJoin;
            var (fromX, fromGlucose) = isJoined
                ? (before!.Value.X, before.Value.Reading.Glucose)
                : (x, reading.Glucose);
            Join(content, canvas, top, (fromX, fromGlucose), (x, reading.Glucose));
            before = (reading, x);
        }
    }

    private static void Join(
        PromptChartContent content,
        BrailleCanvas canvas,
        double top,
        (int X, int Glucose) from,
        (int X, int Glucose) to)
    {
        var distance = Math.Abs(DotOf(to.Glucose, top, canvas.Height) - DotOf(from.Glucose, top, canvas.Height));
        var dots = Math.Max(1, Math.Max(to.X - from.X, distance));
        for (var dot = 0; dot <= dots; dot++)
        {
            var share = (double)dot / dots;
            var glucose = from.Glucose + (share * (to.Glucose - from.Glucose));
            var x = (int)Math.Round(from.X + (share * (to.X - from.X)));
            canvas.Set(x, DotOf(glucose, top, canvas.Height), LevelOf(glucose, content.Ranges));
        }
    }

    private static int DotOf(double milligrams, double top, int height) =>
        (int)Math.Round((top - Math.Clamp(milligrams, Bottom, top)) / (top - Bottom) * (height - 1));

    private static GlucoseLevel LevelOf(double milligrams, GlucoseRanges ranges) =>
        milligrams < ranges.LowBelow ? GlucoseLevel.Low
        : milligrams > ranges.HighAbove ? GlucoseLevel.High
        : GlucoseLevel.InRange;

    private static string ColorOf(GlucoseLevel level) => level switch
    {
        GlucoseLevel.Low => Red,
        GlucoseLevel.High => Yellow,
        _ => Green,
    };

    /// <summary>Where in the chart a moment lies, from 0 up to but not including 1.</summary>
    private static double Share(PromptChartContent content, DateTimeOffset moment) =>
        Math.Clamp((moment - content.Since) / (content.Until - content.Since), 0, 0.999_999);

    /// <summary>
    /// Amounts below the moments of their boluses. Those too close to stand side by side are added up.
    /// </summary>
    private static string EventRow(
        PromptChartContent content,
        int columns,
        string label,
        string color,
        Func<Bolus, decimal?> amount,
        string format)
    {
        var groups = new List<(int Column, decimal Sum)>();
        foreach (var bolus in content.Boluses.Where(bolus => amount(bolus) > 0))
        {
            var column = (int)(Share(content, bolus.Timestamp!.Value) * columns);
            var value = amount(bolus)!.Value;
            if (groups is [.., var last] && StartOf((column, value)) <= StartOf(last) + Text(last.Sum).Length)
            {
                groups[^1] = (last.Column, last.Sum + value);
            }
            else
            {
                groups.Add((column, value));
            }
        }

        var row = new StringBuilder();
        foreach (var group in groups)
        {
            row.Append(' ', Math.Max(0, StartOf(group) - row.Length)).Append(Text(group.Sum));
        }

        var line = new PromptLine(content.IsColored);
        line.Append(label.PadLeft(Gutter - 1) + '│', null);
        line.Append(row.ToString(), color);
        return line.ToString();

        string Text(decimal sum) => sum.ToString(format, content.Culture);

        int StartOf((int Column, decimal Sum) group) => Math.Min(group.Column, columns - Text(group.Sum).Length);
    }

    private static IEnumerable<string> TimeAxis(PromptChartContent content, int columns)
    {
        const int LeastDistance = 8;
        var length = content.Until - content.Since;
        var step = Steps.FirstOrDefault(
            minutes => TimeSpan.FromMinutes((double)minutes) / length * columns >= LeastDistance, Steps[^1]);
        var axis = new StringBuilder(new string('─', columns));
        var labels = new StringBuilder();
        for (var tick = RoundUp(content.Since); tick < content.Until; tick += TickStep)
        {
            var local = content.Zone.ToLocal(tick).DateTime;
            if ((local - DateTime.UnixEpoch).TotalMinutes % step != 0)
            {
                continue;
            }

            var column = (int)(Share(content, tick) * columns);
            var text = local.ToString(step < 1_440 ? "HH:mm" : "MM-dd", content.Culture);
            var start = Math.Clamp(column - (text.Length / 2), 0, columns - text.Length);
            axis[column] = '┬';
            if (start >= labels.Length + (labels.Length > 0 ? 1 : 0))
            {
                labels.Append(' ', start - labels.Length).Append(text);
            }
        }

        yield return new string(' ', Gutter - 1) + '└' + axis;
        yield return (new string(' ', Gutter) + labels).TrimEnd();

        static DateTimeOffset RoundUp(DateTimeOffset moment) =>
            moment.AddTicks((TickStep.Ticks - (moment.UtcTicks % TickStep.Ticks)) % TickStep.Ticks);
    }
}
