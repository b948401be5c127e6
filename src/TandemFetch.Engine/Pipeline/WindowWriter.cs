using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// Files the entries of answers in <c>raw_events</c>. An answer is stored as a whole or not at all; some may share a transaction, since one that fills
/// whole row groups goes to the file compressed, past the write-ahead log.
/// </summary>
internal sealed class WindowWriter(TandemDatabase database, TimeProvider time, KnownEntries known) : IDisposable
{
    private static readonly string AddStranger = SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.add_stranger.sql");

    private readonly KnownEntries _known = known;
    private readonly ArrayBufferWriter<byte> _envelope = new();
    private readonly List<(string Device, long Id)> _clockChanges = [];
    private readonly HashSet<string> _devices = [];
    private WriteTransaction? _transaction;

    /// <summary>A writer of answers as they come from the server.</summary>
    public WindowWriter(TandemDatabase database, TimeProvider time)
        : this(database, time, new KnownEntries())
    {
    }

    /// <summary>Entries stored since the last <see cref="Commit"/>.</summary>
    public long Pending { get; private set; }

    /// <summary>Stores what is new of a page, and with it that its days are done; both are there after the next <see cref="Commit"/>.</summary>
    /// <param name="pump">The pump whose log was asked for.</param>
    /// <param name="json">The answer.</param>
    /// <param name="page">Its entries.</param>
    /// <param name="done">The days that need not be fetched again, or null.</param>
    /// <returns>How many rows are new.</returns>
    public long Write(string pump, ReadOnlyMemory<byte> json, SplitPage page, DayRange? done)
    {
        _transaction ??= new WriteTransaction(database);
        _known.Load(database, page);
        var added = Append(json, page);
        foreach (var device in _devices.Where(device => device != pump))
        {
            database.Execute(AddStranger, new { device, pump });
        }

        foreach (var rejected in page.Rejected)
        {
            Reject(pump, json.Span, rejected);
        }

        if (done is { } days)
        {
            database.Execute(
                "INSERT INTO fetch_windows VALUES ($pump, $First, $Last, $now, $rows)",
                new { pump, days.First, days.Last, now = time.GetUtcNow().UtcDateTime, rows = (long)page.Entries.Count });
        }

        Pending += added;
        return added;
    }

    /// <summary>Keeps what was stored.</summary>
    public void Commit()
    {
        _transaction?.Commit();
        Dispose();
    }

    /// <summary>Takes back what was not committed.</summary>
    public void Dispose()
    {
        _transaction?.Dispose();
        _transaction = null;
        Pending = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Append(ReadOnlyMemory<byte> json, SplitPage page)
    {
        _devices.Clear();
        if (page.Entries.Count == 0)
        {
            return 0;
        }

        var ids = new IdRange(database, "raw_events_id_seq", page.Entries.Count);
        var devices = page.Devices.Select(Encoding.UTF8.GetBytes).ToArray();
        var created = PumpTimeText.Microseconds(time.GetUtcNow().UtcDateTime);
        using var rows = new ColumnAppender(database, "raw_events");
        var added = 0L;
        var last = -1;
        foreach (ref readonly var entry in CollectionsMarshal.AsSpan(page.Entries))
        {
            var properties = json[entry.Properties];
            var envelope = entry.IsStandard ? [] : Envelope(json.Span[entry.Bytes]);
            if (_known.NextRevision(entry, properties.Span, envelope) is not { } revision)
            {
                continue;
            }

            _known.Add(entry, revision, properties, envelope);
            if (entry.Device != last)
            {
                last = entry.Device;
                _devices.Add(page.Devices[last]);
            }

            var id = ids.Next();
            if (ClockSettings.IsSetting(entry.EventCode))
            {
                _clockChanges.Add((page.Devices[entry.Device], id));
            }

            rows.Set(0, id);
            rows.Set(1, created);
            rows.Set(2, devices[entry.Device]);
            rows.Set(3, entry.SequenceGroup);
            rows.Set(4, entry.SequenceNumber);
            rows.Set(5, revision);
            rows.Set(6, entry.EventCode);
            rows.Set(7, entry.PumpTime);
            SetJson(rows, 8, properties.Span);
            SetJson(rows, 9, envelope);
            rows.EndRow();
            added++;
        }

        rows.Complete();
        foreach (var (device, id) in _clockChanges)
        {
            database.Execute("INSERT INTO clock_changes VALUES ($device, $id)", new { device, id });
        }

        _clockChanges.Clear();
        return added;
    }

    private static void SetJson(ColumnAppender rows, int column, ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            rows.SetNull(column);
        }
        else
        {
            rows.Set(column, json);
        }
    }

    /// <summary>The members of an entry as received, all but its properties, which have a column of their own.</summary>
    private byte[] Envelope(ReadOnlySpan<byte> entry)
    {
        _envelope.ResetWrittenCount();
        var reader = new Utf8JsonReader(entry);
        using var writer = new Utf8JsonWriter(_envelope);
        writer.WriteStartObject();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (name != "eventProperties")
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(entry[start..(int)reader.BytesConsumed]);
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        return _envelope.WrittenSpan.ToArray();
    }

    private void Reject(string pump, ReadOnlySpan<byte> json, RejectedEntry rejected)
    {
        var entry = Encoding.UTF8.GetString(json[rejected.Bytes]);
        var parameters = new { pump, now = time.GetUtcNow().UtcDateTime, rejected.Reason, entry };
        var isKnown = database.Scalar<bool>(
            "SELECT count(*) > 0 FROM rejected_entries WHERE device_assignment_id = $pump AND entry = $entry", parameters);
        if (!isKnown)
        {
            database.Execute("INSERT INTO rejected_entries VALUES ($pump, $now, $Reason, $entry)", parameters);
        }
    }
}
