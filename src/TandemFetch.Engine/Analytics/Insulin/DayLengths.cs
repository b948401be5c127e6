using System.Runtime.InteropServices;

namespace TandemFetch.Engine.Analytics.Insulin;

/// <summary>
/// How long automation, modes and suspensions take on each day. What lasts counts up to the newest entry.
/// </summary>
internal sealed class DayLengths
{
    private readonly DayParts _automated;
    private readonly DayParts _commanded;
    private readonly DayParts _sleep;
    private readonly DayParts _exercise;
    private readonly DayParts _suspended;
    private readonly List<(DayParts Parts, long Began)> _lasting = [];

    private DayLengths(DayBounds[] days) => (_automated, _commanded, _sleep, _exercise, _suspended) =
        (new DayParts(days), new DayParts(days), new DayParts(days), new DayParts(days), new DayParts(days));

    /// <summary>Adds up what happened on some days.</summary>
    /// <param name="session">The pumps.</param>
    /// <param name="days">The days, oldest first.</param>
    /// <param name="basal">The deliveries of these days, oldest first.</param>
    public static DayLengths Read(AnalysisSession session, DayBounds[] days, List<BasalStretch> basal)
    {
        var lengths = new DayLengths(days);
        lengths.Add(basal);
        foreach (var row in session.Query<StretchRow>(AnalysisSql.Read("Insulin", "stretches")))
        {
            if (lengths.PartsOf(row) is { } parts)
            {
                lengths.Add(parts, row.Began, row.Ended);
            }
        }

        lengths.AddLasting(session);
        return lengths;
    }

    /// <summary>Enters the lengths of a day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="index">Its number among the days.</param>
    public void CopyTo(DayOfInsulin day, int index)
    {
        day.Automated = _automated[index];
        day.Commanded = _commanded[index];
        day.Sleep = _sleep[index];
        day.Exercise = _exercise[index];
        day.Suspended = _suspended[index];
    }

    private void Add(List<BasalStretch> basal)
    {
        foreach (ref readonly var delivery in CollectionsMarshal.AsSpan(basal))
        {
            long? ended = delivery.Ended == BasalStretch.Lasting ? null : delivery.Ended;
            if (delivery.IsCommanded)
            {
                Add(_commanded, delivery.Began, ended);
            }

            if (delivery.IsAutomated)
            {
                Add(_automated, delivery.Began, ended);
            }
        }
    }

    private void Add(DayParts parts, long began, long? ended)
    {
        if (ended is { } end)
        {
            parts.Add(began, end);
        }
        else
        {
            _lasting.Add((parts, began));
        }
    }

    private void AddLasting(AnalysisSession session)
    {
        if (_lasting.Count == 0)
        {
            return;
        }

        // What lasts began with an entry, so that only those from then on have to be read.
        var newest = session.Query<long?>(
            AnalysisSql.Read("Insulin", "newest_entry"), new { moment = _lasting.Max(one => one.Began) })[0];
        foreach (var (parts, began) in _lasting)
        {
            parts.Add(began, newest ?? began);
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
