using System.Runtime.CompilerServices;

namespace TandemFetch.Engine.Analytics;

/// <summary>
/// Puts rows of the log in order of time. They nearly are: what a sensor hands in later is some hours late, and another
/// pump begins from the start. Stretches that are in order are merged pair by pair, and of a pair only what overlaps
/// moves.
/// </summary>
internal static class TimeOrder
{
    /// <summary>Sorts rows; those that compare as equal stay in their order.</summary>
    public static void Sort<T>(Span<T> rows)
        where T : struct, IComparable<T>
    {
        var ends = EndsOfStretches<T>(rows);
        while (ends.Count > 1)
        {
            var merged = new List<int>();
            for (var pair = 0; pair < ends.Count; pair += 2)
            {
                if (pair + 1 < ends.Count)
                {
                    var begin = pair == 0 ? 0 : ends[pair - 1];
                    Merge(rows[begin..ends[pair + 1]], ends[pair] - begin);
                }

                merged.Add(ends[Math.Min(pair + 1, ends.Count - 1)]);
            }

            ends = merged;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static List<int> EndsOfStretches<T>(ReadOnlySpan<T> rows)
        where T : struct, IComparable<T>
    {
        var ends = new List<int>();
        for (var index = 1; index <= rows.Length; index++)
        {
            if (index == rows.Length || rows[index].CompareTo(rows[index - 1]) < 0)
            {
                ends.Add(index);
            }
        }

        return ends;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Merge<T>(Span<T> rows, int middle)
        where T : struct, IComparable<T>
    {
        var next = middle;
        while (next > 0 && rows[next - 1].CompareTo(rows[middle]) > 0)
        {
            next--;
        }

        ReadOnlySpan<T> earlier = rows[next..middle].ToArray();
        for (var (first, second) = (0, middle); first < earlier.Length; next++)
        {
            rows[next] = second == rows.Length || earlier[first].CompareTo(rows[second]) <= 0
                ? earlier[first++]
                : rows[second++];
        }
    }
}
