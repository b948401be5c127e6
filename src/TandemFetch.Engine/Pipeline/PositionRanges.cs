using System.Runtime.CompilerServices;
namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// Combines log positions into few ranges: positions that are days apart stay in separate ranges, closer ones are
/// combined.
/// </summary>
internal sealed class PositionRanges
{
    // A pump's sequence numbers rise by some 3,500 a day, delivered or not.
    private const long Gap = 10_000;

    private readonly List<(long First, long Last)> _ranges = [];

    public IReadOnlyList<(long First, long Last)> Merged => Merge(_ranges, Gap);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(long position)
    {
        for (var index = _ranges.Count - 1; index >= 0; index--)
        {
            var (first, last) = _ranges[index];
            if (position >= first - Gap && position <= last + Gap)
            {
                _ranges[index] = (Math.Min(first, position), Math.Max(last, position));
                return;
            }
        }

        _ranges.Add((position, position));
    }

    public void Clear() => _ranges.Clear();

    /// <summary>Combines ranges that overlap or lie within a distance of each other.</summary>
    public static List<(long First, long Last)> Merge(IEnumerable<(long First, long Last)> ranges, long distance)
    {
        var merged = new List<(long First, long Last)>();
        foreach (var range in ranges.Order())
        {
            if (merged.Count > 0 && range.First - distance <= merged[^1].Last)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }
}
