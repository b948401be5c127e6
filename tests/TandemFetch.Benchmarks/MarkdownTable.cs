using System.Globalization;
using System.Text;

namespace TandemFetch.Benchmarks;

/// <summary>A table of figures, which is shown while it is measured.</summary>
internal sealed class MarkdownTable
{
    private readonly StringBuilder _lines = new();

    /// <summary>The columns of a table of ratios.</summary>
    public static MarkdownTable OfRatios()
    {
        var table = new MarkdownTable();
        table.Row("what", "measured", "against", "ratio min", "median", "max", "to reach");
        table.Row("---", "---:", "---:", "---:", "---:", "---:", "---");
        return table;
    }

    /// <summary>The one in the middle.</summary>
    public static double Median(IEnumerable<double> figures)
    {
        var ordered = figures.Order().ToList();
        return ordered[ordered.Count / 2];
    }

    /// <summary>Milliseconds as they are shown.</summary>
    public static string Milliseconds(double time) => time.ToString("N0", CultureInfo.InvariantCulture) + " ms";

    /// <summary>Adds a row.</summary>
    public void Row(params string[] cells)
    {
        var line = $"| {string.Join(" | ", cells)} |";
        Console.WriteLine(line);
        _lines.Append(line).Append('\n');
    }

    /// <summary>The table.</summary>
    public override string ToString() => _lines.ToString();
}
