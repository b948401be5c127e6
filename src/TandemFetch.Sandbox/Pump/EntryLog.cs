namespace TandemFetch.Sandbox.Pump;

/// <summary>
/// The whole log, compact: about 60 bytes an entry, so that years fit in memory. Only ever appended to; a <see cref="LogView"/>
/// stays valid while the log grows, because growing replaces arrays and never moves what a view can see.
/// </summary>
internal sealed class EntryLog
{
    private LogEntry[] _entries = new LogEntry[4096];
    private int[] _values = new int[32_768];
    private DayRun[] _runs = new DayRun[64];
    private int[] _clockChanges = new int[16];
    private int _count;
    private int _valueCount;
    private int _runCount;
    private int _clockChangeCount;
    private int _lastDay = int.MinValue;

    public int Count => _count;

    public LogEntry this[int index] => _entries[index];

    public void Append(EntryLayout layout, long utcMilliseconds, int pumpSeconds, uint sequence, ReadOnlySpan<int> values)
    {
        Ensure(ref _entries, _count + 1);
        Ensure(ref _values, _valueCount + values.Length);
        values.CopyTo(_values.AsSpan(_valueCount));
        var entry = new LogEntry(utcMilliseconds, pumpSeconds, sequence, _valueCount, layout.Index);
        _entries[_count] = entry;
        _valueCount += values.Length;
        if (entry.PumpDay != _lastDay)
        {
            Ensure(ref _runs, _runCount + 1);
            _runs[_runCount++] = new DayRun(entry.PumpDay, _count);
            _lastDay = entry.PumpDay;
        }

        if (layout.Code is 13 or 14)
        {
            Ensure(ref _clockChanges, _clockChangeCount + 1);
            _clockChanges[_clockChangeCount++] = _count;
        }

        _count++;
    }

    /// <summary>All entries logged until then.</summary>
    public LogView ViewUntil(long utcMilliseconds)
    {
        int low = 0, high = _count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_entries[middle].UtcMilliseconds <= utcMilliseconds)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return new LogView(
            _entries.AsMemory(0, low),
            _values,
            _runs.AsMemory(0, _runCount),
            _clockChanges.AsMemory(0, _clockChangeCount));
    }

    private static void Ensure<T>(ref T[] array, int length)
    {
        if (length > array.Length)
        {
            Array.Resize(ref array, Math.Max(length, array.Length + (array.Length / 2)));
        }
    }
}
