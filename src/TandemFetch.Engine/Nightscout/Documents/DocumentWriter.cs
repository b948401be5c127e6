using System.Buffers;
using System.Globalization;
using System.Text.Json;
using TandemFetch.Engine.Clock;

namespace TandemFetch.Engine.Nightscout.Documents;

/// <summary>Writes documents as Nightscout's API takes them. Values that are unknown are omitted.</summary>
/// <param name="zones">The zones of the pumps, by name.</param>
internal sealed class DocumentWriter(IReadOnlyDictionary<string, ZoneOffsets> zones) : IDisposable
{
    /// <summary>What the names of our devices begin with.</summary>
    public const string DevicePrefix = "TandemFetch ";

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private Utf8JsonWriter? _json;

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Bytes
    {
        get
        {
            Json.Flush();
            return _buffer.WrittenMemory;
        }
    }

    private Utf8JsonWriter Json => _json ??= new Utf8JsonWriter(_buffer);

    /// <summary>The name under which a pump's documents are found.</summary>
    public static string DeviceOf(string pump) => DevicePrefix + pump;

    public void Dispose() => _json?.Dispose();

    /// <summary>Discards what was written.</summary>
    public void Clear()
    {
        _buffer.Clear();
        _json?.Reset();
    }

    public void StartList() => Json.WriteStartArray();

    public void EndList() => Json.WriteEndArray();

    public void StartList(string name) => Json.WriteStartArray(name);

    public void Start() => Json.WriteStartObject();

    public void Start(string name) => Json.WriteStartObject(name);

    public void End() => Json.WriteEndObject();

    public void Text(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Json.WriteString(name, value);
        }
    }

    /// <summary>A number without zeros at its end.</summary>
    public void Number(string name, decimal? value)
    {
        if (value is { } number)
        {
            Json.WriteNumber(name, number / 1.0000000000000000000000000000m);
        }
    }

    /// <summary>A number other than 0, which the site would delete from the document.</summary>
    public void Amount(string name, decimal? value) => Number(name, value == 0 ? null : value);

    /// <summary>The time of a document with the offset of the pump's zone.</summary>
    public void Time(string name, DocumentRow row) => Text(name, Local(row));

    /// <summary>Who wrote it, and from which pump.</summary>
    public void Device(string name, DocumentRow row) => Text(name, DeviceOf(row.Pump));

    private string Local(DocumentRow row) => zones[row.TimeZone]
        .ToLocal(DateTimeOffset.FromUnixTimeMilliseconds(row.TimeMs))
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
}
