using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using TandemFetch.Engine.Catalog;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// Reads entries in the canonical form that the server has always been seen to use: these members in this order, no
/// white space. Nearly all entries of a long log have this form, and a general reader takes three times as long. It
/// gives up at once if the form differs.
/// </summary>
/// <param name="json">The response.</param>
internal ref struct CanonicalEntryReader(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private ReadOnlySpan<byte> _deviceText;
    private int _device;

    /// <summary>Reads the entry at a position; returns null if it has a different form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public LogEntry? TryRead(int start, SplitPage page)
    {
        var at = start;
        if (!TryPass("{\"deviceAssignmentId\":\""u8, ref at)
            || !TryPassDevice(page, ref at)
            || !TryPass("\",\"eventCode\":"u8, ref at)
            || !TryPassInteger(ref at, out var code)
            || code > int.MaxValue
            || !TryPass(",\"sequenceGroup\":"u8, ref at)
            || !TryPassInteger(ref at, out var group)
            || !TryPass(",\"sequenceNumber\":"u8, ref at)
            || !TryPassInteger(ref at, out var number)
            || !LogPosition.Exists(group, number)
            || !TryPass(",\"pumpDateTime\":\""u8, ref at))
        {
            return null;
        }

        var clock = _json[at..Math.Min(at + PumpTimeText.PlainLength, _json.Length)];
        at += clock.Length;
        if (!PumpTimeText.TryParsePlain(clock, out var pumpTime)
            || !TryPass("\",\"eventProperties\":"u8, ref at)
            || TryPassProperties(ref at) is not { } properties
            || !TryPass(",\"estimatedDateTime\":\""u8, ref at)
            || !TryPass(clock, ref at)
            || !TryPass("Z\"}"u8, ref at))
        {
            return null;
        }

        return new LogEntry
        {
            Device = _device,
            SequenceGroup = group,
            SequenceNumber = number,
            EventCode = (int)code,
            PumpTime = pumpTime,
            Bytes = start..at,
            Properties = properties,
            IsStandard = true,
        };
    }

    /// <summary>
    /// A page usually belongs to one pump: only the first entry's id is looked up, and an entry with another id is left
    /// to the general reader.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryPassDevice(SplitPage page, ref int at)
    {
        if (_deviceText.IsEmpty)
        {
            var length = _json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (length <= 0 || _json[at + length] != '"' || _json.Slice(at, length).ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            {
                return false;
            }

            _deviceText = _json.Slice(at, length);
            _device = page.DeviceIndex(Encoding.UTF8.GetString(_deviceText));
        }

        return TryPass(_deviceText, ref at);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly Range? TryPassProperties(ref int at)
    {
        var reader = new FlatObjectReader(_json[at..]);
        while (reader.Read())
        {
        }

        if (!reader.IsComplete)
        {
            return null;
        }

        var start = at;
        at += reader.Length;
        return start..at;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly bool TryPassInteger(ref int at, out long number)
    {
        // A number with a leading zero is not valid JSON, and one in any other notation is left to the general reader.
        if (!Utf8Parser.TryParse(_json[at..], out number, out var length) || _json[at] is not (>= (byte)'1' and <= (byte)'9') && length > 1)
        {
            return false;
        }

        at += length;
        return number >= 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly bool TryPass(ReadOnlySpan<byte> expected, ref int at)
    {
        if (!_json[at..].StartsWith(expected))
        {
            return false;
        }

        at += expected.Length;
        return true;
    }
}
