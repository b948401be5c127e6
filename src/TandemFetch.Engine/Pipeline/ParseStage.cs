using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using TandemFetch.Engine.Catalog;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// From <c>raw_events</c> into <c>events</c>: names, units and labels from the catalogue, true time from the pump's
/// clock. One thread reads and decodes, the other stores.
/// </summary>
internal sealed class ParseStage(TandemDatabase database, IRunObserver observer, TimeProvider time)
{
    // Read as a whole, because DuckDB's threads poll while they wait for the consumer of a streaming result. With
    // 32,768 rows, the peak of a long run is 10 MB higher.
    private const int RowsPerRead = RowGroup.Rows;

    // Batches that have been decoded but not stored yet.
    private const int BatchesAhead = 4;

    // How long a transaction that is not full waits for more from a fast fetch.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Increase this when the code that parses changes; changes of the catalogue are detected automatically.
    private const int RulesVersion = 2;

    private static readonly string Unparsed = SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.unparsed_entries.sql");

    // Apart, because DuckDB would read all entries for it, even if there is no other key.
    private static readonly string UnparsedOfOlderKey =
        Unparsed + "AND id NOT IN (SELECT id FROM bookkeeping.repeated_entries WHERE device_assignment_id = $1)";

    private static readonly Lazy<string> Fingerprint = new(() => RulesVersion.ToString(CultureInfo.InvariantCulture)
        + "-" + RulesFingerprint.Of(SqlResource.Read("TandemFetch.Engine.Catalog.pump-events.json")));

    // Kept for the whole run, because each has some 2 MB of buffers.
    private readonly ConcurrentBag<EventBatch> _spare = [];

    /// <summary>The rules of this version.</summary>
    public static IEnumerable<StageVersion> Versions(PumpRow pump) =>
        [Version(pump), ClockSteps.Version(pump.DeviceAssignmentId)];

    /// <summary>The name of the stage for a pump in <c>stage_versions</c>.</summary>
    public static string NameOf(string device) => $"Parse {device}";

    /// <summary>Deletes what must be parsed again.</summary>
    public void Prepare(PumpRow pump, bool rebuild)
    {
        RepeatedEntries.Recognize(database, pump, observer);
        if (rebuild || !StageVersions.IsCurrent(database, Version(pump)))
        {
            Forget(pump);
        }
    }

    /// <summary>Parses what is new for one pump, and what is fetched meanwhile.</summary>
    /// <param name="pump">The pump.</param>
    /// <param name="fetched">Signals that more has been fetched.</param>
    /// <param name="parsed">Receives the signal that more has been parsed.</param>
    /// <param name="progress">Receives how many entries have been parsed.</param>
    /// <param name="cancellationToken">Stops; what has been committed is kept.</param>
    public async Task<StageCount> RunAsync(
        PumpRow pump,
        WorkSignal fetched,
        WorkSignal parsed,
        StageProgress progress,
        CancellationToken cancellationToken)
    {
        // What the fetch commits is visible only to a connection that is not in the middle of a transaction.
        using var raw = database.OpenSession();
        using var writer = new EventWriter(database, pump.DeviceAssignmentId, time, parsed);
        var book = new ClockSpanStore(database, pump);
        var clockSteps = new ClockSteps(raw, pump.DeviceAssignmentId);
        var next = FirstUnparsed(pump.DeviceAssignmentId);
        var hasOlderKey = RepeatedEntries.HasOlderKey(database, pump.DeviceAssignmentId);
        var (clock, newestSetting, retimed) = ((PumpClock?)null, 0L, 0L);
        IReadOnlyList<ClockStep> steps = [];
        do
        {
            // In this order, every setting of the clock among the entries up to the newest one is seen.
            var newest = raw.Scalar<long?>("SELECT max(id) FROM raw_events WHERE id >= $next", new { next }) ?? next - 1;
            var setting = ClockSettings.Newest(raw, pump.DeviceAssignmentId);
            clockSteps.Find(next, newest);
            var stepsNow = ClockSteps.Read(raw, pump.DeviceAssignmentId);
            if (clock is null || setting != newestSetting || !stepsNow.SequenceEqual(steps))
            {
                writer.Complete();
                (clock, var moved) = book.Update();
                (newestSetting, steps, retimed) = (setting, stepsNow, retimed + moved);
                Tell(pump, moved);
            }

            if (hasOlderKey)
            {
                writer.Complete();
                RemoveRepeated(pump, next, newest);
            }

            progress.Expect(newest - next + 1);
            await ParseAsync(raw, pump, next, newest, clock, writer, progress, cancellationToken).ConfigureAwait(false);
            next = newest + 1;
        }
        while (await WaitAsync(fetched, writer, cancellationToken).ConfigureAwait(false));

        observer.Verbose($"Pump {pump.Label}: {Quantity.Of(writer.Written, "entry", "entries")} parsed.");
        return new StageCount(writer.Written, writer.Written + retimed);
    }

    /// <summary>Waits for more. If it does not arrive at once, what has been parsed is committed meanwhile.</summary>
    private async Task<bool> WaitAsync(WorkSignal fetched, EventWriter writer, CancellationToken cancellationToken)
    {
        var more = fetched.WaitAsync(cancellationToken);
        await Task.WhenAny(more, Task.Delay(Patience, time, cancellationToken)).ConfigureAwait(false);
        if (!more.IsCompletedSuccessfully || !await more.ConfigureAwait(false))
        {
            writer.Complete();
        }

        return await more.ConfigureAwait(false);
    }

    private static StageVersion Version(PumpRow pump) =>
        new(NameOf(pump.DeviceAssignmentId), Fingerprint.Value, pump.DeviceAssignmentId, Table: null);

    private void Tell(PumpRow pump, long retimed)
    {
        if (retimed > 0)
        {
            observer.Verbose(
                $"Pump {pump.Label}: the clock was set, which changes the times of {Quantity.Of(retimed, "event")}.");
        }
    }

    private void RemoveRepeated(PumpRow pump, long first, long last)
    {
        var removed = RepeatedEntries.RemoveEvents(database, pump.DeviceAssignmentId, first, last);
        if (removed > 0)
        {
            observer.Verbose(
                $"Pump {pump.Label}: {Quantity.Of(removed, "event")} of its older key came again and now "
                + $"{(removed == 1 ? "counts" : "count")} for {pump.DeviceAssignmentId}.");
        }
    }

    private void Forget(PumpRow pump) => database.InTransaction(() =>
    {
        database.Execute("DELETE FROM events WHERE device_assignment_id = $DeviceAssignmentId", pump);
        database.Execute("DELETE FROM clock_spans WHERE device_assignment_id = $DeviceAssignmentId", pump);
        ClockSettings.List(database, pump.DeviceAssignmentId);
        StageVersions.Set(database, Version(pump));
    });

    private async Task ParseAsync(
        TandemDatabase raw,
        PumpRow pump,
        long first,
        long last,
        PumpClock clock,
        EventWriter writer,
        StageProgress progress,
        CancellationToken cancellationToken)
    {
        // Most runs have nothing to decode, and need neither the catalogue nor another thread.
        if (first > last)
        {
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<EventBatch>(BatchesAhead);
        var decoding = Task.Run(() => DecodeAllAsync(raw, pump, first, last, clock, batches.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                writer.Write(batch);
                progress.Advance(batch.Count, $"{writer.Written:N0} entries");
                batch.Clear();
                _spare.Add(batch);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await decoding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The first raw entry of a pump that may have to be parsed.</summary>
    private long FirstUnparsed(string device)
    {
        var next = Watermark(device) + 1;
        return RepeatedEntries.HasNewerKey(database, device)
            ? RepeatedEntries.FirstNotRepeated(database, device, next)
            : next;
    }

    /// <summary>The newest raw entry of a pump that has been parsed.</summary>
    private long Watermark(string device)
    {
        // It is usually among the newest rows, which can be found without reading the others: 5 million take a quarter
        // of a second.
        var recent = (database.Scalar<long?>("SELECT max(raw_events_id) FROM events") ?? 0) - RowGroup.RowsPerTransaction;
        return Newest(recent) ?? Newest(0) ?? 0;

        long? Newest(long after) => database.Scalar<long?>(
            "SELECT max(raw_events_id) FROM events WHERE device_assignment_id = $device AND raw_events_id > $after", new { device, after });
    }

    private async Task DecodeAllAsync(
        TandemDatabase raw,
        PumpRow pump,
        long first,
        long last,
        PumpClock clock,
        ChannelWriter<EventBatch> batches,
        CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            var decoder = new EventDecoder(EventCatalog.Default);
            var entries = RepeatedEntries.HasNewerKey(raw, pump.DeviceAssignmentId) ? UnparsedOfOlderKey : Unparsed;
            var span = clock.Spans[0];
            var ahead = span.AheadOfUtc;
            for (var id = first; id <= last; id += RowsPerRead)
            {
                using var rows = new ColumnReader(raw, entries, pump.DeviceAssignmentId, id, Math.Min(id + RowsPerRead, last + 1));
                while (rows.NextChunk())
                {
                    var batch = _spare.TryTake(out var reused) ? reused : new EventBatch();
                    DecodeChunk(rows, batch, decoder, clock, ref span, ref ahead);
                    await batches.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error)
        {
            failure = error;
        }

        batches.Complete(failure);
    }

    // Not in the asynchronous method, whose loops the runtime optimizes late.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DecodeChunk(
        ColumnReader rows,
        EventBatch batch,
        EventDecoder decoder,
        PumpClock clock,
        ref ClockSpan span,
        ref TimeSpan? ahead)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            Decode(rows, row, batch, decoder, clock, ref span, ref ahead);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Decode(
        ColumnReader rows,
        int row,
        EventBatch batch,
        EventDecoder decoder,
        PumpClock clock,
        ref ClockSpan span,
        ref TimeSpan? ahead)
    {
        var position = LogPosition.Of(rows.Int64(1, row), rows.Int64(2, row));
        if (position < span.FirstPosition || position > span.LastPosition)
        {
            span = clock.SpanAt(position);
            ahead = span.AheadOfUtc;
        }

        var code = rows.Int32(4, row);
        var pumpTime = rows.Int64(5, row);
        var index = batch.Count;
        batch.Ids[index] = rows.Int64(0, row);
        batch.Positions[index] = position;
        batch.AreRevisions[index] = rows.Int32(3, row) > 0;
        batch.PumpTimes[index] = pumpTime;
        batch.Timestamps[index] = ahead is { } known
            ? pumpTime - (known.Ticks / TimeSpan.TicksPerMicrosecond)
            : long.MinValue;
        batch.Definitions[index] = EventCatalog.Default.Find(code);
        batch.EndRow(decoder.Decode(code, rows.Utf8(6, row)));
    }
}
