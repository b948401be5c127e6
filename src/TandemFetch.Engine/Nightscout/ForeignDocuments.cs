using TandemFetch.Engine.Nightscout.Documents;

namespace TandemFetch.Engine.Nightscout;

/// <summary>
/// Finds which documents of other uploaders show the same as rows of ours: a treatment of the same kind in the same
/// second, or one made from the same entries of the pump within a day; a reading within half of the five minutes
/// between two readings.
/// </summary>
internal sealed class ForeignDocuments
{
    /// <summary>How far apart two readings are that show the same, milliseconds.</summary>
    public const long NearbyMs = 150_000;

    private const long SecondMs = 1000;
    private const long DayMs = 86_400_000;

    // The log position has the sequence number in its lower half.
    private const long NumberMask = 0xFFFFFFFF;

    // Equal numbers count as greater than the one that is looked for, so that the first of them is found.
    private static readonly Comparer<(long Number, ForeignDocument Document)> ByNumber =
        Comparer<(long Number, ForeignDocument Document)>.Create(
            (one, other) => one.Number < other.Number ? -1 : 1);

    private readonly DocumentKind _kind;
    private readonly List<ForeignDocument> _inOrder;
    private readonly ILookup<long, ForeignDocument> _bySecond;
    private readonly List<(long Number, ForeignDocument Document)> _byNumber;

    /// <param name="kind">The kind of our rows.</param>
    /// <param name="documents">Documents of other uploaders.</param>
    public ForeignDocuments(DocumentKind kind, IEnumerable<ForeignDocument> documents)
    {
        _kind = kind;
        var isReading = kind.Collection == DocumentKind.Entries;
        _inOrder =
        [
            .. documents.Where(document => isReading || kind.IsLike(document.EventType))
                .OrderBy(document => document.TimeMs),
        ];
        _bySecond = _inOrder.ToLookup(document => Second(document.TimeMs));
        _byNumber =
        [
            .. _inOrder.SelectMany(document => document.EventNumbers.Select(number => (number, document)))
                .OrderBy(found => found.number),
        ];
    }

    /// <summary>Whether another uploader has written a row, so that it is left alone.</summary>
    public bool Has(DocumentRow row) => _kind.Collection == DocumentKind.Entries
        ? Nearby(row).Any()
        : AtTimes(row)
            .Concat(OfEntries(row, row.LogPosition, _kind.IsWrittenInParts ? row.LogPosition : LastOf(row)))
            .Any();

    /// <summary>The documents that a row replaces: all that were made from its entries.</summary>
    public IEnumerable<ForeignDocument> ReplacedBy(DocumentRow row) => _kind.Collection == DocumentKind.Entries
        ? Nearby(row)
        : AtTimes(row).Concat(OfEntries(row, row.LogPosition, LastOf(row))).Distinct();

    private IEnumerable<ForeignDocument> Nearby(DocumentRow row)
    {
        var (low, high) = (0, _inOrder.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _inOrder[middle].TimeMs < row.TimeMs - NearbyMs ? (middle + 1, high) : (low, middle);
        }

        return _inOrder.Skip(low).TakeWhile(document => document.TimeMs <= row.TimeMs + NearbyMs);
    }

    private IEnumerable<ForeignDocument> AtTimes(DocumentRow row)
    {
        // What begins when a document in parts ends is something else.
        long?[] times = _kind.IsWrittenInParts ? [row.TimeMs] : [row.TimeMs, row.FirstMs, row.LastMs];
        return times.OfType<long>().Select(Second).Distinct().SelectMany(second => _bySecond[second]);
    }

    private IEnumerable<ForeignDocument> OfEntries(DocumentRow row, long first, long last)
    {
        var (from, to) = (first & NumberMask, last & NumberMask);
        var low = _byNumber.BinarySearch((from, null!), ByNumber);
        return _byNumber.Skip(low < 0 ? ~low : low)
            .TakeWhile(found => found.Number <= to)
            .Select(found => found.Document)
            .Where(document => Math.Abs(document.TimeMs - row.TimeMs) <= DayMs);
    }

    private static long LastOf(DocumentRow row) => row.LastPosition ?? row.LogPosition;

    // Rounded down, also before 1970.
    private static long Second(long milliseconds) => (long)Math.Floor((double)milliseconds / SecondMs);
}
