using System.Text;
using System.Text.Json;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// Finds the entries of a <c>pump-logs</c> answer: one pass over the bytes, nothing copied. The answer must be well-formed
/// JSON as a whole; within it, an entry that lacks an identity is set aside and the others go on.
/// </summary>
internal static class PageSplitter
{
    /// <summary>Splits an answer.</summary>
    /// <param name="json">The answer, UTF-8.</param>
    /// <param name="page">Receives its entries; emptied first.</param>
    /// <exception cref="JsonException">The answer is not well-formed, or not an object with an array <c>events</c>.</exception>
    public static void Split(ReadOnlySpan<byte> json, SplitPage page)
    {
        page.Clear();
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A pump-logs answer is a JSON object.");
        }

        var hasEvents = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isEvents = reader.ValueTextEquals("events"u8);
            var isEntries = isEvents || reader.ValueTextEquals("clockChanges"u8);
            reader.Read();
            if (isEntries && reader.TokenType == JsonTokenType.StartArray)
            {
                hasEvents |= isEvents;
                SplitArray(json, ref reader, page);
            }
            else
            {
                reader.Skip();
            }
        }

        // Reads on to the end, so that an answer that is followed by anything else does not pass.
        if (reader.Read() || !hasEvents)
        {
            throw new JsonException("A pump-logs answer has an array 'events'.");
        }
    }

    private static void SplitArray(ReadOnlySpan<byte> json, ref Utf8JsonReader reader, SplitPage page)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                page.Rejected.Add(new RejectedEntry(start..(int)reader.BytesConsumed, "The entry is not a JSON object."));
                continue;
            }

            var begin = reader;
            var parts = default(EntryParts);
            var isUnicode = true;
            try
            {
                parts.Read(json, ref reader, page.Devices);
            }
            catch (InvalidOperationException)
            {
                // Half of a surrogate pair, which no text can hold.
                isUnicode = false;
                reader = begin;
                reader.Skip();
            }

            var bytes = start..(int)reader.BytesConsumed;
            if (!isUnicode || !IsUnicode(json[bytes]))
            {
                page.Rejected.Add(new RejectedEntry(bytes, "The entry has text that is no Unicode."));
            }
            else if (parts.Problem is { } problem)
            {
                page.Rejected.Add(new RejectedEntry(bytes, problem));
            }
            else
            {
                page.Entries.Add(parts.ToEntry(bytes));
            }
        }
    }

    /// <summary>Whether every text of an entry can be read: JSON allows half of a surrogate pair, and DuckDB fails on it for good.</summary>
    private static bool IsUnicode(ReadOnlySpan<byte> entry)
    {
        if (entry.IndexOf("\\u"u8) < 0)
        {
            return true;
        }

        var reader = new Utf8JsonReader(entry);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        return true;
    }

    /// <summary>What has been seen of one entry.</summary>
    private ref struct EntryParts
    {
        private int _device;
        private long? _group;
        private long? _number;
        private int? _code;
        private long? _pumpTime;
        private ReadOnlySpan<byte> _pumpTimeText;
        private ReadOnlySpan<byte> _estimatedText;
        private Range _properties;
        private bool _hasDevice;
        private bool _hasProperties;
        private bool _hasUnusual;
        private bool _isAmbiguous;

        public readonly string? Problem =>
            _isAmbiguous ? "A member comes twice."
            : !_hasDevice ? "deviceAssignmentId is missing or no text."
            : _group is null || _number is null ? "sequenceGroup or sequenceNumber is missing or no integer."
            : !LogPosition.Exists(_group.Value, _number.Value) ? "sequenceGroup or sequenceNumber is out of range."
            : _code is null ? "eventCode is missing or no integer."
            : _pumpTime is null ? "pumpDateTime is missing or no date and time."
            : null;

        public void Read(ReadOnlySpan<byte> json, ref Utf8JsonReader reader, List<string> devices)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("eventProperties"u8))
                {
                    _isAmbiguous |= _hasProperties;
                    reader.Read();
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    _properties = start..(int)reader.BytesConsumed;
                    _hasProperties = true;
                }
                else if (reader.ValueTextEquals("pumpDateTime"u8))
                {
                    _isAmbiguous |= _pumpTime is not null;
                    reader.Read();
                    _pumpTimeText = TextOf(ref reader);
                    _pumpTime = PumpTimeText.Parse(_pumpTimeText);
                    _hasUnusual |= !PumpTimeText.IsPlain(_pumpTimeText);
                }
                else if (reader.ValueTextEquals("estimatedDateTime"u8))
                {
                    _isAmbiguous |= !_estimatedText.IsEmpty;
                    reader.Read();
                    _estimatedText = TextOf(ref reader);
                }
                else if (reader.ValueTextEquals("sequenceNumber"u8))
                {
                    _isAmbiguous |= _number is not null;
                    _number = ReadInteger(ref reader);
                }
                else if (reader.ValueTextEquals("sequenceGroup"u8))
                {
                    _isAmbiguous |= _group is not null;
                    _group = ReadInteger(ref reader);
                }
                else if (reader.ValueTextEquals("eventCode"u8))
                {
                    _isAmbiguous |= _code is not null;
                    _code = ReadInteger(ref reader) is { } code and >= int.MinValue and <= int.MaxValue ? (int)code : null;
                }
                else if (reader.ValueTextEquals("deviceAssignmentId"u8))
                {
                    _isAmbiguous |= _hasDevice;
                    ReadDevice(ref reader, devices);
                }
                else
                {
                    _hasUnusual = true;
                    reader.Read();
                    reader.Skip();
                }
            }
        }

        public readonly LogEntry ToEntry(Range bytes) => new()
        {
            Device = _device,
            SequenceGroup = _group!.Value,
            SequenceNumber = _number!.Value,
            EventCode = _code!.Value,
            PumpTime = _pumpTime!.Value,
            Bytes = bytes,
            Properties = _properties,
            IsStandard = !_hasUnusual && _hasProperties && EstimateRepeatsPumpTime(),
        };

        private readonly bool EstimateRepeatsPumpTime() =>
            _estimatedText.Length == _pumpTimeText.Length + 1
            && _estimatedText[^1] == 'Z'
            && _estimatedText.StartsWith(_pumpTimeText);

        private void ReadDevice(ref Utf8JsonReader reader, List<string> devices)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                reader.Skip();
                return;
            }

            _hasDevice = true;
            for (_device = 0; _device < devices.Count; _device++)
            {
                if (reader.ValueTextEquals(devices[_device]))
                {
                    return;
                }
            }

            devices.Add(reader.GetString()!);
        }

        private static long? ReadInteger(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number))
            {
                return number;
            }

            reader.Skip();
            return null;
        }

        private static ReadOnlySpan<byte> TextOf(scoped ref Utf8JsonReader reader)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                return reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
            }

            reader.Skip();
            return default;
        }
    }
}
