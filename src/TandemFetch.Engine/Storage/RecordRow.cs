using System.Text;

namespace TandemFetch.Engine.Storage;

/// <summary>The current row of a typed read: values by column number, nulls instead of sentinels, times in the row's pump's zone.</summary>
internal sealed class RecordRow(ColumnReader rows, IReadOnlyDictionary<string, PumpNaming> pumps)
{
    // Repeated texts (labels, serial numbers) are kept as one string each; a column of all-different texts would only fill the cache.
    private const int CachedTexts = 256;
    private const int CachedLength = 64;

    private readonly Dictionary<int, string> _texts = [];
    private PumpNaming? _pump;
    private byte[] _device = [];
    private int _row;

    public void MoveTo(int row)
    {
        _row = row;
        var device = rows.Utf8(1, row);
        if (_pump is null || !device.SequenceEqual(_device))
        {
            _device = device.ToArray();
            _pump = pumps.GetValueOrDefault(Encoding.UTF8.GetString(device)) ?? PumpNaming.Stranger;
        }
    }

    public string? PumpSerial => _pump!.SerialNumber;

    public long Int64(int column) => rows.Int64(column, _row);

    public int Int32(int column) => rows.Int32(column, _row);

    public int Int16(int column) => rows.Int16(column, _row);

    public bool Boolean(int column) => rows.Boolean(column, _row);

    public int? NullableInt32(int column) => rows.IsNull(column, _row) ? null : rows.Int32(column, _row);

    public long? NullableInt64(int column) => rows.IsNull(column, _row) ? null : rows.Int64(column, _row);

    public bool? NullableBoolean(int column) => rows.IsNull(column, _row) ? null : rows.Boolean(column, _row);

    public decimal? Decimal(int column) => rows.IsNull(column, _row) ? null : rows.Decimal(column, _row);

    public TimeSpan? Seconds(int column) => NullableInt64(column) is { } seconds ? TimeSpan.FromSeconds((double)seconds) : null;

    public TimeSpan? Minutes(int column) => NullableInt32(column) is { } minutes ? TimeSpan.FromMinutes((double)minutes) : null;

    /// <summary>A date: DuckDB counts days since 1970.</summary>
    public DateOnly Day(int column) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(rows.Int32(column, _row));

    public DateTime Clock(int column) =>
        new(DateTime.UnixEpoch.Ticks + (rows.Int64(column, _row) * TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);

    public DateTimeOffset? Time(int column) => rows.IsNull(column, _row) ? null : _pump!.ToLocal(rows.Int64(column, _row));

    public string? Text(int column)
    {
        if (rows.IsNull(column, _row))
        {
            return null;
        }

        var utf8 = rows.Utf8(column, _row);
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

    private static bool IsSame(string text, ReadOnlySpan<byte> utf8)
    {
        Span<byte> encoded = stackalloc byte[CachedLength * 3];
        var length = Encoding.UTF8.GetBytes(text, encoded);
        return encoded[..length].SequenceEqual(utf8);
    }
}
