using System.Numerics;
using System.Text.Json;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Sandbox.Logs;

/// <summary>Writes a page of the log in the form of the real response, with the properties in captured order.</summary>
internal sealed class PageWriter(Utf8JsonWriter json, string assignmentId, LogView view, PageFaults? faults = null)
{
    private static readonly JsonEncodedText DeviceAssignmentId = JsonEncodedText.Encode("deviceAssignmentId");
    private static readonly JsonEncodedText EventCode = JsonEncodedText.Encode("eventCode");
    private static readonly JsonEncodedText SequenceGroup = JsonEncodedText.Encode("sequenceGroup");
    private static readonly JsonEncodedText SequenceNumber = JsonEncodedText.Encode("sequenceNumber");
    private static readonly JsonEncodedText PumpDateTime = JsonEncodedText.Encode("pumpDateTime");
    private static readonly JsonEncodedText EventProperties = JsonEncodedText.Encode("eventProperties");
    private static readonly JsonEncodedText EstimatedDateTime = JsonEncodedText.Encode("estimatedDateTime");

    private readonly JsonEncodedText _assignmentId = JsonEncodedText.Encode(assignmentId);
    private readonly PageFaults _faults = faults ?? PageFaults.None;
    private readonly byte[] _time = "0000-00-00T00:00:00Z"u8.ToArray();
    private int _timeDay = int.MinValue;
    private int _written;

    /// <summary>The whole page at once. Returns how many entries were written.</summary>
    public int WriteAll(IEnumerable<int> indices, long limit = long.MaxValue)
    {
        Begin();
        var count = 0;
        foreach (var index in indices)
        {
            if (count >= limit)
            {
                break;
            }

            Write(index);
            count++;
        }

        End();
        return count;
    }

    public void Begin()
    {
        json.WriteStartObject();
        json.WriteStartArray("events"u8);
    }

    /// <summary>One entry of the page, with its faults.</summary>
    public void Write(int index)
    {
        ref readonly var entry = ref view.Entries[index];
        if (_faults.WithheldShare > 0 && IsWithheld(entry.Sequence))
        {
            return;
        }

        _written++;
        if (_written == 3 && _faults.MalformedEntry)
        {
            WriteMalformed(entry);
            return;
        }

        WriteEntry(entry, wrongTypes: _written == 5 && _faults.WrongTypes);
        if (_faults.DuplicateEvery > 0 && _written % _faults.DuplicateEvery == 0)
        {
            WriteEntry(entry, wrongTypes: false);
        }

        // Numbers have gaps: one that no other entry has is free for the unknown event.
        if (_faults.UnknownCodes && _written % 40 == 1 && index + 1 < view.Entries.Length
            && view.Entries[index + 1].Sequence > entry.Sequence + 1)
        {
            WriteUnknownEvent(entry);
        }
    }

    public void End()
    {
        json.WriteEndArray();
        json.WriteStartArray("clockChanges"u8);
        foreach (var index in view.ClockChanges())
        {
            WriteEntry(view.Entries[index], wrongTypes: false);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    private bool IsWithheld(uint sequence) =>
        new SeededRandom(SeededRandom.Mix(_faults.Seed + sequence)).NextDouble() < _faults.WithheldShare;

    private void WriteEntry(in LogEntry entry, bool wrongTypes)
    {
        var layout = EntryLayouts.At(entry.Layout);
        json.WriteStartObject();
        json.WriteString(DeviceAssignmentId, _assignmentId);
        json.WriteNumber(EventCode, layout.Code);
        json.WriteNumber(SequenceGroup, 0);
        if (wrongTypes)
        {
            json.WriteString(SequenceNumber, "many");
        }
        else
        {
            json.WriteNumber(SequenceNumber, entry.Sequence);
        }

        FormatTime(entry.PumpSeconds);
        json.WriteString(PumpDateTime, _time.AsSpan(0, 19));
        if (wrongTypes)
        {
            json.WriteString(EventProperties, "none");
        }
        else
        {
            WriteProperties(layout, view.Values(entry));
        }

        json.WriteString(EstimatedDateTime, _time);
        json.WriteEndObject();
    }

    private void WriteProperties(EntryLayout layout, ReadOnlySpan<int> values)
    {
        json.WriteStartObject(EventProperties);
        for (var i = 0; i < values.Length; i++)
        {
            var name = layout.Names[i];
            switch (layout.Kinds[i])
            {
                case PropertyKind.Signed:
                    json.WriteNumber(name, values[i]);
                    break;
                case PropertyKind.Unsigned:
                    json.WriteNumber(name, (uint)values[i]);
                    break;
                case PropertyKind.Single:
                    json.WriteNumber(name, BitConverter.Int32BitsToSingle(values[i]));
                    break;
                case PropertyKind.Bits:
                    json.WriteStartArray(name);
                    for (var bits = (uint)values[i]; bits != 0; bits &= bits - 1)
                    {
                        json.WriteNumberValue(BitOperations.TrailingZeroCount(bits));
                    }

                    json.WriteEndArray();
                    break;
            }
        }

        json.WriteEndObject();
    }

    private void WriteMalformed(in LogEntry entry)
    {
        json.WriteStartObject();
        json.WriteString(DeviceAssignmentId, _assignmentId);
        json.WriteNumber(EventCode, EntryLayouts.At(entry.Layout).Code);
        json.WriteString(PumpDateTime, "yesterday");
        json.WriteNull(EventProperties);
        json.WriteEndObject();
    }

    private void WriteUnknownEvent(in LogEntry neighbour)
    {
        json.WriteStartObject();
        json.WriteString(DeviceAssignmentId, _assignmentId);
        json.WriteNumber(EventCode, 9001);
        json.WriteNumber(SequenceGroup, 0);
        json.WriteNumber(SequenceNumber, neighbour.Sequence + 1);
        FormatTime(neighbour.PumpSeconds);
        json.WriteString(PumpDateTime, _time.AsSpan(0, 19));
        json.WriteStartObject(EventProperties);
        json.WriteNumber("quux"u8, 17);
        json.WriteString("remark"u8, "nobody knows");
        json.WriteEndObject();
        json.WriteString(EstimatedDateTime, _time);
        json.WriteEndObject();
    }

    private void FormatTime(int pumpSeconds)
    {
        var day = Math.DivRem(pumpSeconds, 86_400, out var second);
        if (second < 0)
        {
            (day, second) = (day - 1, second + 86_400);
        }

        if (day != _timeDay)
        {
            var date = SyntheticPump.ToDate(day);
            Two(0, date.Year / 100);
            Two(2, date.Year % 100);
            Two(5, date.Month);
            Two(8, date.Day);
            _timeDay = day;
        }

        Two(11, second / 3600);
        Two(14, second / 60 % 60);
        Two(17, second % 60);
    }

    private void Two(int position, int number)
    {
        _time[position] = (byte)('0' + (number / 10));
        _time[position + 1] = (byte)('0' + (number % 10));
    }
}
