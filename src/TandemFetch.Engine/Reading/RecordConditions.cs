using System.Globalization;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Reading;

/// <summary>
/// Builds the conditions of a typed read as SQL. Everything that a user typed is inserted as an escaped literal.
/// </summary>
internal sealed class RecordConditions
{
    private readonly List<string> _conditions = [];

    public RecordConditions(RecordTimes times, RecordFilter filter, IReadOnlyDictionary<string, PumpDisplay> pumps)
    {
        AddPumps(filter, pumps);
        if (filter.UnknownTime)
        {
            _conditions.Add("timestamp IS NULL");
            times = RecordTimes.PumpClock;
        }
        else if (times == RecordTimes.TrueTime)
        {
            _conditions.Add("timestamp IS NOT NULL");
        }

        TimeColumn = times == RecordTimes.TrueTime ? "timestamp" : "pump_time";

        if (filter.Since is { } since)
        {
            _conditions.Add(Time(">=", since, times, pumps));
        }

        if (filter.Until is { } until)
        {
            _conditions.Add(Time("<", until, times, pumps));
        }

        _conditions.AddRange(filter.Conditions.Select(condition => condition.Sql));
    }

    /// <summary>What rows are ordered by; for rows of unknown time, the pump's own clock.</summary>
    public string TimeColumn { get; }

    public string Where => _conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", _conditions);

    /// <summary>Excludes the rows before a time.</summary>
    public void StartAt(DateTime time) => _conditions.Add($"{TimeColumn} >= {Literal(time)}");

    /// <summary>The conditions and the order for a time range.</summary>
    /// <param name="from">Its beginning; null for none.</param>
    /// <param name="to">Its end; null for none.</param>
    /// <param name="order">What orders rows with the same time.</param>
    public string Within(DateTime? from, DateTime? to, string order)
    {
        var conditions = _conditions.ToList();
        if (from is { } first)
        {
            conditions.Add($"{TimeColumn} >= {Literal(first)}");
        }

        if (to is { } last)
        {
            conditions.Add($"{TimeColumn} < {Literal(last)}");
        }

        var where = conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions);
        return $"{where} ORDER BY {TimeColumn}, {order}";
    }

    private void AddPumps(RecordFilter filter, IReadOnlyDictionary<string, PumpDisplay> pumps)
    {
        if (filter.PumpSerials.Count == 0)
        {
            return;
        }

        PumpSerials.Check(filter.PumpSerials, pumps.Values.Select(pump => pump.Label!));
        var devices = pumps.Where(pump => filter.PumpSerials.Contains(pump.Value.Label))
            .Select(pump => SqlText.Literal(pump.Key));
        _conditions.Add($"device_assignment_id IN ({string.Join(", ", devices)})");
    }

    private string Time(string comparison, DateTimeOffset time, RecordTimes times, IReadOnlyDictionary<string, PumpDisplay> pumps)
    {
        if (times == RecordTimes.TrueTime)
        {
            return $"{TimeColumn} {comparison} {Literal(time.UtcDateTime)}";
        }

        // Each pump's clock is in the zone of that pump.
        var clocks = pumps.ToLookup(pump => Literal(pump.Value.Zone.ToLocal(time).DateTime), pump => SqlText.Literal(pump.Key));
        return clocks.Count == 1
            ? $"{TimeColumn} {comparison} {clocks.First().Key}"
            : $"({string.Join(" OR ", clocks.Select(clock =>
                $"device_assignment_id IN ({string.Join(", ", clock)}) AND {TimeColumn} {comparison} {clock.Key}").DefaultIfEmpty("false"))})";
    }

    private string Literal(DateTime time)
    {
        var text = time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        return TimeColumn == "timestamp" ? $"TIMESTAMPTZ '{text}+00'" : $"TIMESTAMP '{text}'";
    }
}
