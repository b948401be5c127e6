using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TandemFetch.Engine.Analytics.Insulin;

/// <summary>Reads basal deliveries once for measures and pictures: years have hundreds of thousands.</summary>
internal static class BasalReader
{
    /// <summary>The deliveries of a period and of the days around it, oldest first.</summary>
    /// <param name="session">The period and the pumps.</param>
    public static List<BasalStretch> Read(AnalysisSession session)
    {
        var deliveries = Load(session);
        TimeOrder.Sort(CollectionsMarshal.AsSpan(deliveries));
        return deliveries;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static List<BasalStretch> Load(AnalysisSession session)
    {
        // The last day is a whole one, and where a zone skips a day, the one before it ends a day later.
        using var rows = session.Read(
            AnalysisSql.Read("Insulin", "basal"), session.From - LocalTime.Day, session.Until + (2 * LocalTime.Day));
        var deliveries = new List<BasalStretch>();
        while (rows.NextChunk())
        {
            var ids = rows.Values<long>(0);
            var began = rows.Values<long>(1);
            var ended = rows.Values<long>(2);

            // DuckDB stores a DECIMAL(7, 3) as its thousandths.
            var rates = rows.Values<int>(3);
            var commanded = rows.Values<bool>(4);
            var automated = rows.Values<bool>(5);
            for (var row = 0; row < rows.Count; row++)
            {
                var rate = rows.IsNull(3, row) ? 0 : rates[row];
                deliveries.Add(new BasalStretch(
                    ids[row], began[row], ended[row], rate, commanded[row], automated[row]));
            }
        }

        return deliveries;
    }
}
