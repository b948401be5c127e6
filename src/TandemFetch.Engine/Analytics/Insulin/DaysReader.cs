using System.Text;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Analytics.Insulin;

/// <summary>Reads the days of insulin in one pass over boluses and basal deliveries.</summary>
/// <param name="session">The period and the pumps.</param>
internal sealed class DaysReader(AnalysisSession session)
{
    /// <summary>The days with totals that begin in the period, oldest first.</summary>
    /// <param name="basal">The basal deliveries of the session.</param>
    public List<DayOfInsulin> Read(List<BasalStretch> basal)
    {
        session.Execute(AnalysisSql.Read("Insulin", "macros"));
        var days = ReadTotals();
        if (days.Count == 0)
        {
            return days;
        }

        DayBounds[] bounds = [.. days.Select(day => day.Bounds)];
        CountBoluses(days, bounds);
        var lengths = DayLengths.Read(session, bounds, basal);
        for (var index = 0; index < days.Count; index++)
        {
            lengths.CopyTo(days[index], index);
        }

        return days;
    }

    private List<DayOfInsulin> ReadTotals()
    {
        var days = new List<DayOfInsulin>();
        using var rows = session.Read(AnalysisSql.Read("Insulin", "totals"));
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                var bounds = BoundsOf(LocalTime.DateOf(rows.Int32(0, row)));
                if (bounds.Begins >= session.From && bounds.Begins < session.Until)
                {
                    days.Add(new DayOfInsulin(bounds)
                    {
                        BasalUnits = DayOfInsulin.Units(rows.Int64(1, row)),
                        BasalSeconds = rows.Int64(2, row),
                        BolusUnits = DayOfInsulin.Units(rows.Int64(3, row)),
                        Carbs = rows.Int64(4, row),
                    });
                }
            }
        }

        return days;
    }

    private DayBounds BoundsOf(DateOnly day) => new(
        day,
        UnixTime.Microseconds(session.Zone.StartOf(day)),
        UnixTime.Microseconds(session.Zone.StartOf(day.AddDays(1))));

    private void CountBoluses(List<DayOfInsulin> days, DayBounds[] bounds)
    {
        var finder = new DayFinder(bounds);
        using var rows = session.Read(AnalysisSql.Read("Insulin", "boluses"), bounds[0].Begins, bounds[^1].Ends);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                var moment = rows.Int64(0, row);
                var day = days[finder.FirstThatEndsAfter(moment)];
                if (day.Bounds.Begins <= moment)
                {
                    day.Count(BolusAt(rows, row));
                }
            }
        }
    }

    // DuckDB stores a DECIMAL(7, 3) as its thousandths.
    private static CountedBolus BolusAt(ColumnReader rows, int row) => new(
        rows.IsNull(1, row) ? 0 : rows.Int32(1, row),
        TextAt(rows, 2, row),
        TextAt(rows, 3, row),
        rows.Boolean(4, row),
        rows.Boolean(5, row),
        rows.Boolean(6, row),
        rows.Boolean(7, row),
        rows.Boolean(8, row),
        rows.Boolean(9, row));

    private static string? TextAt(ColumnReader rows, int column, int row) =>
        rows.IsNull(column, row) ? null : Encoding.UTF8.GetString(rows.Utf8(column, row));
}
