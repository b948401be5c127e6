using System.Text;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Reading;

/// <summary>
/// The current row of a typed read: values by column name, null instead of sentinels, times in the zone of the row's
/// pump.
/// </summary>
internal sealed class RecordRow
{
    // Repeated texts (labels, serial numbers) share a string; a column of distinct texts would only fill the cache.
    private const int CachedTexts = 256;
    private const int CachedLength = 64;

    private readonly ColumnReader _rows;
    private readonly IReadOnlyDictionary<string, PumpDisplay> _pumps;
    private readonly Dictionary<string, int> _columns;
    private readonly int _deviceColumn;

    // A mapping requests the same names in the same order for every row, so the next one is usually found at once.
    private readonly List<(string Name, int Column)> _asked = [];
    private readonly Dictionary<int, string> _texts = [];
    private PumpDisplay? _pump;
    private byte[] _device = [];
    private int _row;
    private int _next;

    public RecordRow(ColumnReader rows, IReadOnlyDictionary<string, PumpDisplay> pumps)
    {
        (_rows, _pumps) = (rows, pumps);
        _columns = rows.Names.Select((name, column) => (name, column))
            .ToDictionary(pair => pair.name, pair => pair.column);
        _deviceColumn = _columns["device_assignment_id"];
    }

    public void MoveTo(int row)
    {
        (_row, _next) = (row, 0);
        var device = _rows.Utf8(_deviceColumn, row);
        if (_pump is null || !device.SequenceEqual(_device))
        {
            _device = device.ToArray();
            _pump = _pumps.GetValueOrDefault(Encoding.UTF8.GetString(device)) ?? PumpDisplay.Unlisted;
        }
    }

    public string? PumpSerial => _pump!.Label;

    public long Int64(string name) => _rows.Int64(Find(name), _row);

    public int Int32(string name) => _rows.Int32(Find(name), _row);

    public int Int16(string name) => _rows.Int16(Find(name), _row);

    public bool Boolean(string name) => _rows.Boolean(Find(name), _row);

    public int? NullableInt32(string name) => FindValue(name) is { } column ? _rows.Int32(column, _row) : null;

    public long? NullableInt64(string name) => FindValue(name) is { } column ? _rows.Int64(column, _row) : null;

    public bool? NullableBoolean(string name) => FindValue(name) is { } column ? _rows.Boolean(column, _row) : null;

    public decimal? Decimal(string name) => FindValue(name) is { } column ? _rows.Decimal(column, _row) : null;

    public TimeSpan? Seconds(string name) =>
        NullableInt64(name) is { } seconds ? TimeSpan.FromSeconds((double)seconds) : null;

    public TimeSpan? Minutes(string name) =>
        NullableInt32(name) is { } minutes ? TimeSpan.FromMinutes((double)minutes) : null;

    /// <summary>A date: DuckDB counts days since 1970.</summary>
    public DateOnly Day(string name) =>
        DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(_rows.Int32(Find(name), _row));

    public DateTime Clock(string name) => new(
        DateTime.UnixEpoch.Ticks + (_rows.Int64(Find(name), _row) * TimeSpan.TicksPerMicrosecond),
        DateTimeKind.Unspecified);

    public DateTimeOffset? Time(string name) =>
        FindValue(name) is { } column ? _pump!.ToLocal(_rows.Int64(column, _row)) : null;

    public string? Text(string name)
    {
        if (FindValue(name) is not { } column)
        {
            return null;
        }

        var utf8 = _rows.Utf8(column, _row);
        if (utf8.Length > CachedLength)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var hash = default(HashCode);
        hash.AddBytes(utf8);
        var key = hash.ToHashCode();
        if (_texts.TryGetValue(key, out var cached) && IsSame(cached, utf8))
        {
            return cached;
        }

        var text = Encoding.UTF8.GetString(utf8);
        if (_texts.Count < CachedTexts)
        {
            _texts[key] = text;
        }

        return text;
    }

    /// <summary>The column with a name.</summary>
    private int Find(string name)
    {
        if (_next < _asked.Count && ReferenceEquals(_asked[_next].Name, name))
        {
            return _asked[_next++].Column;
        }

        var column = _columns[name];
        if (_next == _asked.Count)
        {
            _asked.Add((name, column));
            _next++;
        }

        return column;
    }

    /// <summary>The column with a name if the row has a value in it, otherwise null.</summary>
    private int? FindValue(string name)
    {
        var column = Find(name);
        return _rows.IsNull(column, _row) ? null : column;
    }

    private static bool IsSame(string text, ReadOnlySpan<byte> utf8)
    {
        Span<byte> encoded = stackalloc byte[CachedLength * 3];
        var length = Encoding.UTF8.GetBytes(text, encoded);
        return encoded[..length].SequenceEqual(utf8);
    }
}
