namespace TandemFetch.Sandbox.Nightscout.Documents;

/// <summary>Orders documents by time, and within one time as they were inserted.</summary>
internal sealed class ByTime : IComparer<StoredDocument>
{
    public static ByTime Instance { get; } = new();

    public static StoredDocument Lowest(double time) => Bound(time, long.MinValue);

    public static StoredDocument Highest(double time) => Bound(time, long.MaxValue);

    public int Compare(StoredDocument? x, StoredDocument? y)
    {
        var order = x!.Time.CompareTo(y!.Time);
        return order != 0 ? order : x.Sequence.CompareTo(y.Sequence);
    }

    private static StoredDocument Bound(double time, long sequence) =>
        new(sequence, string.Empty, time, null, null, []);
}
