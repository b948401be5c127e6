using System.Runtime.CompilerServices;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Clock;

/// <summary>
/// The offsets of a time zone from UTC, from 2007 to 2045; the first and the last offset apply before and after. The
/// data are DuckDB's and not the machine's, because <c>timestamp::DATE</c> in a query uses DuckDB's, so that records,
/// totals and queries agree on every machine.
/// </summary>
public sealed class ZoneOffsets
{
    private readonly ZoneChange[] _changes;

    // Rows come in order of time, so the offset found last often applies again.
    private int _last;

    /// <param name="name">IANA name.</param>
    /// <param name="changes">The changes in order of time; the first one applies from the beginning of time.</param>
    internal ZoneOffsets(string name, IEnumerable<ZoneChange> changes)
    {
        Name = name;
        _changes = [.. changes];
    }

    /// <summary>Coordinated Universal Time.</summary>
    public static ZoneOffsets Utc { get; } = new("UTC", [new ZoneChange(long.MinValue, 0)]);

    /// <summary>IANA name, as DuckDB spells it.</summary>
    public string Name { get; }

    /// <summary>The changes in order of time.</summary>
    internal IReadOnlyList<ZoneChange> Changes => _changes;

    /// <summary>The zone's offset from UTC at a moment.</summary>
    public TimeSpan At(DateTimeOffset moment) => At(UnixTime.Microseconds(moment));

    /// <summary>A moment as shown by the zone's clocks.</summary>
    public DateTimeOffset ToLocal(DateTimeOffset moment) => ToLocal(UnixTime.Microseconds(moment));

    /// <summary>A time in UTC as a time in a zone; in UTC if there is no zone.</summary>
    public static DateTimeOffset? ToLocal(DateTime? utc, ZoneOffsets? zone) => utc is { } time
        ? (zone ?? Utc).ToLocal(new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)))
        : null;

    /// <summary>
    /// The first moment at which the zone's clocks show a time or a later one: the first of two if the time occurs
    /// twice, and the moment of the change if it is skipped.
    /// </summary>
    public DateTimeOffset FirstAt(DateTime clock)
    {
        var wall = UnixTime.Microseconds(clock);
        var first = _changes
            .Select((change, index) => (Moment: Math.Max(change.Starts, wall - Ahead(index)), Ends: EndOf(index)))
            .First(candidate => candidate.Moment < candidate.Ends)
            .Moment;
        return ToLocal(first);
    }

    /// <summary>
    /// When a day begins: the first moment whose local date is that day, or a later one if the zone skips the day.
    /// </summary>
    public DateTimeOffset StartOf(DateOnly day) => FirstAt(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The offsets that the zone has in a year.</summary>
    internal IEnumerable<TimeSpan> InYear(int year) =>
        Enumerable.Range(1, 12).Select(month => At(new DateTimeOffset(year, month, 1, 0, 0, 0, TimeSpan.Zero))).Distinct();

    /// <summary>
    /// Microseconds since 1970 UTC as a time in the zone; the first or last time of .NET if they are out of range, as
    /// infinity is.
    /// </summary>
    internal DateTimeOffset ToLocal(long microseconds)
    {
        var ahead = At(microseconds);
        const long Epoch = 62_135_596_800_000_000;
        if (microseconds < -Epoch || microseconds > long.MaxValue - Epoch)
        {
            return microseconds < 0 ? DateTimeOffset.MinValue : DateTimeOffset.MaxValue;
        }

        var utc = (Int128)(microseconds + Epoch) * TimeSpan.TicksPerMicrosecond;
        var local = utc + ahead.Ticks;
        if (local < 0 || local > DateTime.MaxValue.Ticks || utc > DateTime.MaxValue.Ticks)
        {
            return local < 0 ? DateTimeOffset.MinValue : DateTimeOffset.MaxValue;
        }

        return new DateTimeOffset((long)local, ahead);
    }

    /// <summary>A moment as shown by the zone's clocks, both in microseconds since 1970.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal long WallClock(long microseconds) => microseconds + Ahead(IndexAt(microseconds));

    /// <summary>When the offset of a moment ends, microseconds since 1970 UTC.</summary>
    internal long NextChange(long microseconds) => EndOf(IndexAt(microseconds));

    private TimeSpan At(long microseconds) =>
        TimeSpan.FromSeconds((double)_changes[IndexAt(microseconds)].UtcOffset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int IndexAt(long microseconds)
    {
        var index = _last;
        if (microseconds < _changes[index].Starts || microseconds >= EndOf(index))
        {
            index = Find(microseconds);
            _last = index;
        }

        return index;
    }

    private int Find(long microseconds)
    {
        var (low, high) = (0, _changes.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _changes[middle].Starts <= microseconds ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private long EndOf(int index) => index + 1 < _changes.Length ? _changes[index + 1].Starts : long.MaxValue;

    private long Ahead(int index) => _changes[index].UtcOffset * 1_000_000L;
}
