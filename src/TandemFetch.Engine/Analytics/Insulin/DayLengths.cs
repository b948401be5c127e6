using System.Runtime.InteropServices;

namespace TandemFetch.Engine.Analytics.Insulin;

/// <summary>
/// How long automation, modes and suspensions take on each day. What lasts is counted up to the newest entry of the log.
/// </summary>
internal sealed class DayLengths
{
    private readonly DayParts _automated;
    private readonly DayParts _commanded;
    private readonly DayParts _sleep;
    private readonly DayParts _exercise;
    private readonly DayParts _suspended;

    private DayLengths(DayBounds[] days) => (_automated, _commanded, _sleep, _exercise, _suspended) =
        (new DayParts(days), new DayParts(days), new DayParts(days), new DayParts(days), new DayParts(days));

    /// <summary>Basal insulin of which the log says what commanded it, microseconds.</summary>
    public long Commanded(int day) => _commanded[day];

    /// <summary>The part of it that the algorithm commanded.</summary>
    public long Automated(int day) => _automated[day];

    /// <summary>Sleep.</summary>
    public long Sleep(int day) => _sleep[day];

    /// <summary>Exercise.</summary>
    public long Exercise(int day) => _exercise[day];

    /// <summary>Suspensions of all insulin.</summary>
    public long Suspended(int day) => _suspended[day];

    /// <summary>Adds up what happened on some days.</summary>
    /// <param name="session">The pumps.</param>
    /// <param name="days">The days, oldest first.</param>
    /// <param name="basal">The deliveries of these days, oldest first.</param>
    public static DayLengths Read(AnalysisSession session, DayBounds[] days, List<BasalStretch> basal)
    {
        // Without an entry, nothing lasts.
        var newest = session.Query<long?>(AnalysisSql.Read("Insulin", "newest_entry"))[0] ?? long.MinValue;
        var lengths = new DayLengths(days);
        lengths.Add(basal, newest);
        foreach (var row in session.Query<StretchRow>(AnalysisSql.Read("Insulin", "stretches")))
        {
            lengths.PartsOf(row)?.Add(row.Began, row.Ended ?? newest);
        }

        return lengths;
    }

    private void Add(List<BasalStretch> basal, long newest)
    {
        foreach (ref readonly var delivery in CollectionsMarshal.AsSpan(basal))
        {
            var ended = delivery.Ended == BasalStretch.Lasting ? newest : delivery.Ended;
            if (delivery.IsCommanded)
            {
                _commanded.Add(delivery.Began, ended);
            }

            if (delivery.IsAutomated)
            {
                _automated.Add(delivery.Began, ended);
            }
        }
    }

    private DayParts? PartsOf(StretchRow row) => (row.OfTable, row.What) switch
    {
        ("suspension", _) => _suspended,
        (_, "Sleeping") => _sleep,
        (_, "Exercising") => _exercise,
        _ => null,
    };

    private sealed record StretchRow(string OfTable, string? What, long Began, long? Ended);
}
