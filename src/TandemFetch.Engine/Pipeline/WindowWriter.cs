using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// Stores the entries of responses in <c>raw_events</c>. A response is stored completely or not at all; several can
/// share a transaction, since one that fills whole row groups is written to the file compressed, bypassing the
/// write-ahead log.
/// </summary>
internal sealed class WindowWriter(TandemDatabase database, TimeProvider time, StoredEntries known) : IDisposable
{
    private static readonly string AddUnlistedPump = SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.add_unlisted_pump.sql");

    private readonly StoredEntries _known = known;
    private readonly ArrayBufferWriter<byte> _envelope = new();
    private readonly List<(string Device, long Id)> _clockChanges = [];
    private readonly HashSet<string> _devices = [];
    private WriteTransaction? _transaction;

    /// <summary>Creates a writer for responses as they come from the server.</summary>
    public WindowWriter(TandemDatabase database, TimeProvider time)
        : this(database, time, new StoredEntries())
    {
    }

    /// <summary>Number of entries stored since the last <see cref="Commit"/>.</summary>
    public long Pending { get; private set; }

    /// <summary>Stores what is new in a page; it takes effect with the next <see cref="Commit"/>.</summary>
    /// <param name="pump">The pump whose log was requested.</param>
    /// <param name="json">The response.</param>
    /// <param name="page">Its entries.</param>
    /// <param name="mark">The position up to which the pump's log was fetched before; null if it was not.</param>
    /// <returns>What is new.</returns>
    public PageNews Write(string pump, ReadOnlyMemory<byte> json, SplitPage page, FetchMark? mark)
    {
        _transaction ??= new WriteTransaction(database);
        _known.Load(database, page);
        var news = new PageNews(pump, mark);
        Append(json, page, news);
        foreach (var device in _devices.Where(device => device != pump))
        {
            database.Execute(AddUnlistedPump, new { device, pump });
        }

        // An entry that names no pump may belong to any pump whose entries came with it.
        var unnamed = page.Devices.TrueForAll(device => device == pump) ? pump : "";
        foreach (var rejected in page.Rejected)
        {
            Reject(rejected.Device ?? unnamed, json.Span, rejected);
        }

        Pending += news.Added;
        return news;
    }

    /// <summary>
    /// Records the result of the response for its days, together with the page that was written last.
    /// </summary>
    public void Write(string pump, DayRange asked, IReadOnlyList<FetchedDay> days) => FetchHistory.Save(database, pump, asked, days);

    /// <summary>Commits what was stored.</summary>
    public void Commit()
    {
        _transaction?.Commit();
        Dispose();
    }

    /// <summary>Rolls back what was not committed.</summary>
    public void Dispose()
    {
        _transaction?.Dispose();
        _transaction = null;
        Pending = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Append(ReadOnlyMemory<byte> json, SplitPage page, PageNews news)
    {
        _devices.Clear();
        if (page.Entries.Count == 0)
        {
            return;
        }

        var ids = new IdRange(database, "raw_events_id_seq", page.Entries.Count);
        var devices = page.Devices.Select(Encoding.UTF8.GetBytes).ToArray();
        var created = PumpTimeText.Microseconds(time.GetUtcNow().UtcDateTime);
        using var rows = new ColumnAppender(database, "raw_events");
        var last = -1;
        foreach (ref readonly var entry in CollectionsMarshal.AsSpan(page.Entries))
        {
            var properties = json[entry.Properties];
            var envelope = entry.IsStandard ? [] : Envelope(json.Span[entry.Bytes]);
            var revision = _known.NextRevision(entry, properties.Span, envelope);
            news.Count(entry, page.Devices[entry.Device], revision);
            if (revision is null)
            {
                continue;
            }

            _known.Add(entry, revision.Value, properties, envelope);
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
            rows.Set(5, revision.Value);
            rows.Set(6, entry.EventCode);
            rows.Set(7, entry.PumpTime);
            SetJson(rows, 8, properties.Span);
            SetJson(rows, 9, envelope);
            rows.EndRow();
        }

        rows.Complete();
        foreach (var (device, id) in _clockChanges)
        {
            database.Execute("INSERT INTO bookkeeping.clock_changes VALUES ($device, $id)", new { device, id });
        }

        _clockChanges.Clear();
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

    /// <summary>The members of an entry as received, except its properties, which have a column of their own.</summary>
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
            "SELECT count(*) > 0 FROM bookkeeping.rejected_entries WHERE device_assignment_id = $pump AND entry = $entry", parameters);
        if (!isKnown)
        {
            database.Execute("INSERT INTO bookkeeping.rejected_entries VALUES ($pump, $now, $Reason, $entry)", parameters);
        }
    }
}
