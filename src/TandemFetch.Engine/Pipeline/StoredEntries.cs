using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// What the file already has of the entries of a page: windows overlap and are fetched again, and an entry that exists
/// with the same content is not stored twice.
/// </summary>
/// <param name="keepsOlder">
/// Whether an entry is also known if an older revision has its content. A server that returns to older content sends
/// something new; importing a saved response again does not.
/// </param>
internal sealed class StoredEntries(bool keepsOlder = false)
{
    private static readonly string InRange = SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.known_entries.sql");
    private static readonly string OfClock = SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.known_clock_settings.sql");

    // By device, then by log position: looking up a combined key takes three times as long, a million times.
    private readonly List<Dictionary<long, StoredEntry>> _entries = [];
    private readonly Dictionary<(int Device, long Position), List<StoredEntry>> _older = [];

    // A day on a wrong clock lies among days of earlier years, so what is in between is not read.
    private readonly PositionRanges _ranges = new();

    /// <summary>Clears the cache and loads what the file has of one page's entries.</summary>
    public void Load(TandemDatabase database, SplitPage page)
    {
        _entries.ForEach(entries => entries.Clear());
        _older.Clear();
        for (var device = 0; device < page.Devices.Count; device++)
        {
            if (device == _entries.Count)
            {
                _entries.Add([]);
            }

            LoadDevice(database, page, device);
        }
    }

    /// <summary>The revision that an entry would be, or null if it exists with the same content.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int? NextRevision(in LogEntry entry, ReadOnlySpan<byte> properties, ReadOnlySpan<byte> envelope)
    {
        if (!_entries[entry.Device].TryGetValue(entry.Position, out var known))
        {
            return 0;
        }

        if (IsSame(known, entry, properties, envelope))
        {
            return null;
        }

        if (_older.TryGetValue((entry.Device, entry.Position), out var older))
        {
            foreach (var revision in older)
            {
                if (IsSame(revision, entry, properties, envelope))
                {
                    return null;
                }
            }
        }

        return known.Revision + 1;
    }

    /// <summary>Records an entry that was just stored; its bytes stay where they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in LogEntry entry, int revision, ReadOnlyMemory<byte> properties, ReadOnlyMemory<byte> envelope) =>
        Keep((entry.Device, entry.Position), new StoredEntry(revision, entry.EventCode, entry.PumpTime, properties, envelope));

    private void LoadDevice(TandemDatabase database, SplitPage page, int device)
    {
        _ranges.Clear();
        var hasClockSetting = false;
        foreach (ref readonly var entry in CollectionsMarshal.AsSpan(page.Entries))
        {
            if (entry.Device != device)
            {
                continue;
            }

            // Settings of the clock come with every response, for the whole history.
            if (ClockSettings.IsSetting(entry.EventCode))
            {
                hasClockSetting = true;
                continue;
            }

            _ranges.Add(entry.SequenceNumber);
        }

        foreach (var (first, last) in _ranges.Merged)
        {
            using var rows = new ColumnReader(database, InRange, page.Devices[device], first, last);
            Read(rows, device);
        }

        if (hasClockSetting)
        {
            using var rows = new ColumnReader(database, OfClock, page.Devices[device]);
            Read(rows, device);
        }
    }

    private void Read(ColumnReader rows, int device)
    {
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                var key = (device, LogPosition.Of(rows.Int64(0, row), rows.Int64(1, row)));
                Keep(key, new StoredEntry(
                    rows.Int32(2, row),
                    rows.Int32(3, row),
                    rows.Int64(4, row),
                    rows.Utf8(5, row).ToArray(),
                    rows.Utf8(6, row).ToArray()));
            }
        }
    }

    /// <summary>Keeps the newest revision, and the older ones if they matter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Keep((int Device, long Position) key, StoredEntry entry)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries[key.Device], key.Position, out var isKnown);
        if (!isKnown)
        {
            known = entry;
            return;
        }

        var (newest, older) = known.Revision > entry.Revision ? (known, entry) : (entry, known);
        known = newest;
        if (keepsOlder)
        {
            (_older.TryGetValue(key, out var revisions) ? revisions : _older[key] = []).Add(older);
        }
    }

    private static bool IsSame(in StoredEntry known, in LogEntry entry, ReadOnlySpan<byte> properties, ReadOnlySpan<byte> envelope) =>
        known.EventCode == entry.EventCode
        && known.PumpTime == entry.PumpTime
        && IsSameJson(known.Properties.Span, properties)
        && IsSameJson(known.Envelope.Span, envelope);

    /// <summary>The order of members and white space do not make the content different.</summary>
    private static bool IsSameJson(ReadOnlySpan<byte> known, ReadOnlySpan<byte> received)
    {
        if (known.SequenceEqual(received))
        {
            return true;
        }

        return !known.IsEmpty && !received.IsEmpty && IsSameContent(known, received);
    }

    private static bool IsSameContent(ReadOnlySpan<byte> known, ReadOnlySpan<byte> received)
    {
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(known), JsonNode.Parse(received));
        }
        catch (ArgumentException)
        {
            // A member that occurs twice cannot be compared, so the entry is kept as another revision.
            return false;
        }
    }

    private readonly record struct StoredEntry(
        int Revision,
        int EventCode,
        long PumpTime,
        ReadOnlyMemory<byte> Properties,
        ReadOnlyMemory<byte> Envelope);
}
