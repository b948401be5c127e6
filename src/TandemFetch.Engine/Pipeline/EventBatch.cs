using System.Runtime.CompilerServices;
using TandemFetch.Engine.Catalog;

namespace TandemFetch.Engine.Pipeline;

/// <summary>Some thousand parsed events in columns, passed from the decoding thread to the storing one.</summary>
internal sealed class EventBatch
{
    public const int Capacity = 2048;

    private readonly int[] _ends = new int[Capacity];
    private readonly Utf8Buffer _json = new();

    public int Count { get; private set; }

    public long[] Ids { get; } = new long[Capacity];

    public long[] Positions { get; } = new long[Capacity];

    /// <summary>Microseconds since 1970 UTC; <see cref="long.MinValue"/> if true time cannot be known.</summary>
    public long[] Timestamps { get; } = new long[Capacity];

    public long[] PumpTimes { get; } = new long[Capacity];

    public bool[] AreRevisions { get; } = new bool[Capacity];

    public EventDefinition[] Definitions { get; } = new EventDefinition[Capacity];

    public ReadOnlySpan<byte> Json(int row) => _json.Written[(row == 0 ? 0 : _ends[row - 1]).._ends[row]];

    public void Clear()
    {
        Count = 0;
        _json.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void EndRow(ReadOnlySpan<byte> json)
    {
        _json.Append(json);
        _ends[Count++] = _json.Written.Length;
    }
}
