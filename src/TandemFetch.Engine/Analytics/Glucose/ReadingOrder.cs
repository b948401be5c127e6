using System.Runtime.CompilerServices;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>
/// Puts readings in order of time. They nearly are: what a sensor hands in later is some hours late, and another pump
/// begins from the start. Stretches that are in order are merged pair by pair, and of a pair only what overlaps moves.
/// </summary>
internal static class ReadingOrder
{
    /// <summary>Sorts readings by their moments.</summary>
    public static void Sort(Span<LoggedReading> readings)
    {
        var ends = EndsOfStretches(readings);
        while (ends.Count > 1)
        {
            var merged = new List<int>();
            for (var pair = 0; pair < ends.Count; pair += 2)
            {
                if (pair + 1 < ends.Count)
                {
                    var begin = pair == 0 ? 0 : ends[pair - 1];
                    Merge(readings[begin..ends[pair + 1]], ends[pair] - begin);
                }

                merged.Add(ends[Math.Min(pair + 1, ends.Count - 1)]);
            }

            ends = merged;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static List<int> EndsOfStretches(ReadOnlySpan<LoggedReading> readings)
    {
        var ends = new List<int>();
        for (var index = 1; index <= readings.Length; index++)
        {
            if (index == readings.Length || readings[index].Moment < readings[index - 1].Moment)
            {
                ends.Add(index);
            }
        }

        return ends;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Merge(Span<LoggedReading> readings, int middle)
    {
        var next = middle;
        while (next > 0 && readings[next - 1].Moment > readings[middle].Moment)
        {
            next--;
        }

        ReadOnlySpan<LoggedReading> earlier = readings[next..middle].ToArray();
        for (var (first, second) = (0, middle); first < earlier.Length; next++)
        {
            readings[next] = second == readings.Length || earlier[first].Moment <= readings[second].Moment
                ? earlier[first++]
                : readings[second++];
        }
    }
}
