using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// Finds the entries of a <c>pump-logs</c> response in one pass over the bytes, without copying. The response must be
/// well-formed JSON as a whole; an entry in it that lacks an identity is rejected, and the others are kept.
/// </summary>
internal static class PageSplitter
{
    /// <summary>Splits a response.</summary>
    /// <param name="json">The response, UTF-8.</param>
    /// <param name="page">Receives its entries; cleared first.</param>
    /// <exception cref="JsonException">
    /// The response is not well-formed, or not an object with an array <c>events</c>.
    /// </exception>
    public static void Split(ReadOnlySpan<byte> json, SplitPage page)
    {
        page.Clear();
        var at = PassSpace(json, 0);
        if (!TryPass(json, '{', ref at))
        {
            throw new JsonException("A pump-logs response must be a JSON object.");
        }

        var hasEvents = false;
        var isFirst = true;
        while (!TryPass(json, '}', ref at))
        {
            Require(isFirst || TryPass(json, ',', ref at));
            isFirst = false;
            var member = ReadValue(json, at);
            Require(member.TokenType == JsonTokenType.String);
            var isEvents = member.ValueTextEquals("events"u8);
            var isEntries = isEvents || member.ValueTextEquals("clockChanges"u8);
            at = PassSpace(json, at + (int)member.BytesConsumed);
            Require(TryPass(json, ':', ref at));
            if (isEntries && TryPass(json, '[', ref at))
            {
                hasEvents |= isEvents;
                at = SplitArray(json, at, page);
            }
            else
            {
                var value = ReadValue(json, at);
                value.Skip();
                at += (int)value.BytesConsumed;
            }

            at = PassSpace(json, at);
        }

        // A response that is followed by anything else is malformed.
        if (at < json.Length || !hasEvents)
        {
            throw new JsonException("A pump-logs response must have an array 'events'.");
        }
    }

    /// <summary>Splits an array of entries.</summary>
    /// <returns>The position at which the array ends.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int SplitArray(ReadOnlySpan<byte> json, int at, SplitPage page)
    {
        var usual = new CanonicalEntryReader(json);
        var isFirst = true;
        while (!TryPass(json, ']', ref at))
        {
            Require(isFirst || TryPass(json, ',', ref at));
            isFirst = false;
            if (usual.TryRead(at, page) is { } entry)
            {
                page.Entries.Add(entry);
                at = entry.Bytes.End.Value;
            }
            else
            {
                at = SplitAny(json, at, page);
            }

            at = PassSpace(json, at);
        }

        return at;
    }

    /// <summary>Splits an element of an array of entries, whatever its form.</summary>
    /// <returns>The position at which the element ends.</returns>
    private static int SplitAny(ReadOnlySpan<byte> json, int at, SplitPage page)
    {
        var reader = ReadValue(json, at);
        var start = at + (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            page.Rejected.Add(new RejectedEntry(start..(at + (int)reader.BytesConsumed), "The entry is not a JSON object."));
            return at + (int)reader.BytesConsumed;
        }

        var begin = reader;
        var parts = new EntryParts(at);
        var isUnicode = true;
        try
        {
            parts.Read(ref reader, page);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which is not valid text.
            isUnicode = false;
            reader = begin;
            reader.Skip();
        }

        var end = at + (int)reader.BytesConsumed;
        if (!isUnicode || !IsUnicode(json[start..end]))
        {
            page.Rejected.Add(
                new RejectedEntry(start..end, "The entry has text that is not valid Unicode.", parts.DeviceOf(page)));
        }
        else if (parts.Problem is { } problem)
        {
            page.Rejected.Add(new RejectedEntry(start..end, problem, parts.DeviceOf(page)));
        }
        else
        {
            page.Entries.Add(parts.ToEntry(start..end));
        }

        return end;
    }

    /// <summary>A reader at the first token of the value at a position, or after white space there.</summary>
    private static Utf8JsonReader ReadValue(ReadOnlySpan<byte> json, int at)
    {
        var reader = new Utf8JsonReader(json[at..]);
        Require(reader.Read());
        return reader;
    }

    private static int PassSpace(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        return at;
    }

    /// <summary>Skips one character and the white space after it.</summary>
    private static bool TryPass(ReadOnlySpan<byte> json, char letter, ref int at)
    {
        if (at >= json.Length || json[at] != letter)
        {
            return false;
        }

        at = PassSpace(json, at + 1);
        return true;
    }

    private static void Require(bool isWellFormed)
    {
        if (!isWellFormed)
        {
            throw new JsonException("The response is not well-formed JSON.");
        }
    }

    /// <summary>
    /// Whether every string of an entry is valid: JSON allows half of a surrogate pair, which DuckDB cannot read.
    /// </summary>
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

    /// <summary>What has been found in one entry.</summary>
    private ref struct EntryParts(int offset)
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
        private bool _hasTwoDevices;

        public readonly string? Problem =>
            _isAmbiguous ? "A member occurs twice."
            : !_hasDevice ? "deviceAssignmentId is missing or not a string."
            : _group is null || _number is null ? "sequenceGroup or sequenceNumber is missing or not an integer."
            : !LogPosition.Exists(_group.Value, _number.Value) ? "sequenceGroup or sequenceNumber is out of range."
            : _code is null ? "eventCode is missing or not an integer."
            : _pumpTime is null ? "pumpDateTime is missing or not a date and time."
            : null;

        public void Read(ref Utf8JsonReader reader, SplitPage page)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("eventProperties"u8))
                {
                    _isAmbiguous |= _hasProperties;
                    reader.Read();
                    var start = offset + (int)reader.TokenStartIndex;
                    reader.Skip();
                    _properties = start..(offset + (int)reader.BytesConsumed);
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
                    _hasTwoDevices |= _hasDevice;
                    _isAmbiguous |= _hasDevice;
                    ReadDevice(ref reader, page);
                }
                else
                {
                    _hasUnusual = true;
                    reader.Read();
                    reader.Skip();
                }
            }
        }

        /// <summary>The pump that the entry names; null if it names none, or two.</summary>
        public readonly string? DeviceOf(SplitPage page) => _hasDevice && !_hasTwoDevices ? page.Devices[_device] : null;

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

        private void ReadDevice(ref Utf8JsonReader reader, SplitPage page)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                reader.Skip();
                return;
            }

            _hasDevice = true;
            _device = page.DeviceIndex(reader.GetString()!);
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
