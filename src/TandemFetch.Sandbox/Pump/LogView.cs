namespace TandemFetch.Sandbox.Pump;

/// <summary>The log as it stood at one upload.</summary>
internal sealed class LogView(
    ReadOnlyMemory<LogEntry> entries,
    int[] values,
    ReadOnlyMemory<DayRun> runs,
    ReadOnlyMemory<int> clockChanges)
{
    public ReadOnlySpan<LogEntry> Entries => entries.Span;

    public ReadOnlySpan<int> Values(in LogEntry entry) =>
        values.AsSpan(entry.FirstValue, EntryLayouts.At(entry.Layout).Names.Length);

    /// <summary>Indices of the entries of these days of pump time, in sequence order.</summary>
    public IEnumerable<int> IndicesBetween(int firstDay, int lastDay)
    {
        var count = entries.Length;
        for (var run = 0; run < runs.Length; run++)
        {
            var (day, first) = runs.Span[run];
            if (day < firstDay || day > lastDay)
            {
                continue;
            }

            var end = Math.Min(count, run + 1 < runs.Length ? runs.Span[run + 1].First : count);
            for (var index = first; index < end; index++)
            {
                yield return index;
            }
        }
    }

    /// <summary>Indices of all settings of the clock, in sequence order.</summary>
    public IEnumerable<int> ClockChanges()
    {
        for (var i = 0; i < clockChanges.Length; i++)
        {
            if (clockChanges.Span[i] < entries.Length)
            {
                yield return clockChanges.Span[i];
            }
        }
    }
}
