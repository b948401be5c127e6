using System.Runtime.CompilerServices;
using System.Text.Json;

namespace TandemFetch.Engine.Catalog;

/// <summary>
/// Converts <c>eventProperties</c> as received into <c>event_data</c>: same names, values in real units, labels instead
/// of codes, null instead of values that mean "not recorded", without spare and reserved properties. What the catalogue
/// does not know passes through unchanged. A decoder serves one thread; it reuses its buffer.
/// </summary>
/// <param name="catalog">The meaning of the entries.</param>
public sealed class EventDecoder(EventCatalog catalog)
{
    private readonly Utf8Buffer _output = new();

    /// <summary>Decodes one entry.</summary>
    /// <param name="eventCode">The entry's code.</param>
    /// <param name="properties">
    /// Its <c>eventProperties</c>, well-formed UTF-8 JSON; empty if the entry has none.
    /// </param>
    /// <returns>A JSON object in UTF-8, valid until the next call.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<byte> Decode(int eventCode, ReadOnlySpan<byte> properties)
    {
        var definition = catalog.Find(eventCode);
        if (!TryDecodeFlat(definition, properties))
        {
            _output.Clear();
            _output.Append((byte)'{');
            DecodeAny(definition, properties);
        }

        _output.Append((byte)'}');
        return _output.Written;
    }

    /// <summary>
    /// Decodes properties in the server's canonical form; returns false for any other form, leaving an incomplete
    /// output.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryDecodeFlat(EventDefinition definition, ReadOnlySpan<byte> properties)
    {
        _output.Clear();
        _output.Append((byte)'{');
        var reader = new FlatObjectReader(properties);
        var expected = 0;
        while (reader.Read())
        {
            var kind = reader.IsNumber ? JsonTokenType.Number
                : reader.Value[0] == '[' ? JsonTokenType.StartArray
                : JsonTokenType.String;
            Append(definition, reader.Name, reader.Value, kind, ref expected);
        }

        return reader.IsComplete && reader.Length == properties.Length;
    }

    /// <summary>Decodes any JSON; a value that is not an object has no properties.</summary>
    private void DecodeAny(EventDefinition definition, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (json.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            var kind = reader.TokenType;
            var start = (int)reader.TokenStartIndex;
            if (kind is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                reader.Skip();
            }

            Append(definition, name, json[start..(int)reader.BytesConsumed], kind, ref expected);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Append(EventDefinition definition, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, JsonTokenType kind, ref int expected)
    {
        if (name.StartsWith("spare"u8) || name.StartsWith("reserved"u8))
        {
            return;
        }

        if (_output.Written.Length > 1)
        {
            _output.Append((byte)',');
        }

        if (FindProperty(definition, name, ref expected) is { } property)
        {
            _output.Append(property.QuotedName);
            property.Decode(value, kind, _output);
        }
        else
        {
            _output.Append((byte)'"');
            _output.Append(name);
            _output.Append("\":"u8);
            _output.Append(value);
        }
    }

    /// <summary>
    /// Entries list their properties in nearly the same order each time, so the search starts after the last hit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static PropertyDefinition? FindProperty(EventDefinition definition, ReadOnlySpan<byte> name, ref int expected)
    {
        var properties = definition.Properties;
        for (var tried = 0; tried < properties.Count; tried++)
        {
            var index = expected + tried;
            index = index < properties.Count ? index : index - properties.Count;
            if (properties[index].HasName(name))
            {
                expected = index + 1 < properties.Count ? index + 1 : 0;
                return properties[index];
            }
        }

        return null;
    }
}
