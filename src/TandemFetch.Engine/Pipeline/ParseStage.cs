using System.Globalization;
using System.Threading.Channels;
using TandemFetch.Engine.Catalog;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// From <c>raw_events</c> into <c>events</c>: names, units and labels by the catalogue, true time by the pump's clock. One thread
/// reads and decodes, the other stores.
/// </summary>
internal sealed class ParseStage(TandemDatabase database, IRunObserver observer, TimeProvider time)
{
    // Four of DuckDB's row groups, half a million events: a transaction of this size goes to the file compressed, past the write-ahead log.
    private const int RowsPerTransaction = 4 * 122_880;

    // Read as a whole: a streaming result has DuckDB's threads poll while they wait for this one.
    private const int RowsPerRead = 32_768;

    // Changes when the code that parses changes; the catalogue's own changes are seen by themselves.
    private const int RulesVersion = 1;

    private static readonly string Unparsed = SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.unparsed_entries.sql");

    private static readonly Lazy<string> Fingerprint = new(() => RulesVersion.ToString(CultureInfo.InvariantCulture)
        + "-" + RulesFingerprint.Of(SqlResource.Read("TandemFetch.Engine.Catalog.pump-events.json")));

    /// <summary>The rules of this version, by the key under which the file notes which rules wrote it.</summary>
    public static IEnumerable<(string Stage, string Version)> Versions(KnownPump pump) =>
        [($"Parse {pump.DeviceAssignmentId}", Fingerprint.Value)];

    /// <summary>Parses what is new of one pump.</summary>
    public async Task<StageCount> RunAsync(KnownPump pump, bool rebuild, CancellationToken cancellationToken)
    {
        if (rebuild || !StageVersions.IsCurrent(database, $"Parse {pump.DeviceAssignmentId}", Fingerprint.Value))
        {
            Forget(pump);
        }

        var (clock, retimed) = new PumpClockBook(database, pump).Update();
        if (retimed > 0)
        {
            observer.Verbose($"Pump {pump.Label}: the clock was set; {retimed:N0} events are on another time now.");
        }

        var parsed = await ParseNewAsync(pump, clock, cancellationToken).ConfigureAwait(false);
        observer.Verbose($"Pump {pump.Label}: {parsed:N0} entries parsed.");
        return new StageCount(parsed, parsed + retimed);
    }

    private void Forget(KnownPump pump) => database.InTransaction(() =>
    {
        database.Execute("DELETE FROM events WHERE device_assignment_id = $DeviceAssignmentId", pump);
        database.Execute("DELETE FROM clock_spans WHERE device_assignment_id = $DeviceAssignmentId", pump);
        StageVersions.Set(database, $"Parse {pump.DeviceAssignmentId}", Fingerprint.Value);
    });

    private async Task<long> ParseNewAsync(KnownPump pump, PumpClock clock, CancellationToken cancellationToken)
    {
        var watermark = Watermark(pump.DeviceAssignmentId);
        var newest = database.Scalar<long?>("SELECT max(id) FROM raw_events") ?? 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<ParsedEvents>(8);
        var spare = Channel.CreateUnbounded<ParsedEvents>();
        var decoding = Task.Run(() => DecodeAllAsync(pump, watermark, newest, clock, batches.Writer, spare.Reader, stop.Token), CancellationToken.None);
        try
        {
            using var writer = new EventWriter(database, pump.DeviceAssignmentId, time, RowsPerTransaction);
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                writer.Write(batch);
                batch.Clear();
                spare.Writer.TryWrite(batch);
            }

            writer.Complete();
            return writer.Written;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await decoding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The newest raw entry of a pump that was parsed.</summary>
    private long Watermark(string device)
    {
        // Mostly it is among the newest rows, which are found without reading the others: 5 million take a quarter of a second.
        var recent = (database.Scalar<long?>("SELECT max(raw_events_id) FROM events") ?? 0) - RowsPerTransaction;
        return Newest(recent) ?? Newest(0) ?? 0;

        long? Newest(long after) => database.Scalar<long?>(
            "SELECT max(raw_events_id) FROM events WHERE device_assignment_id = $device AND raw_events_id > $after", new { device, after });
    }

    private async Task DecodeAllAsync(
        KnownPump pump,
        long watermark,
        long newest,
        PumpClock clock,
        ChannelWriter<ParsedEvents> batches,
        ChannelReader<ParsedEvents> spare,
        CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            var decoder = new EventDecoder(EventCatalog.Default);
            using var connection = database.OpenSibling();
            var span = clock.Spans[0];
            for (var id = watermark + 1; id <= newest; id += RowsPerRead)
            {
                using var rows = new ColumnReader(connection, Unparsed, pump.DeviceAssignmentId, id, id + RowsPerRead);
                while (rows.NextChunk())
                {
                    var batch = spare.TryRead(out var reused) ? reused : new ParsedEvents();
                    for (var row = 0; row < rows.Count; row++)
                    {
                        Decode(rows, row, batch, decoder, clock, ref span);
                    }

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

    private static void Decode(
        ColumnReader rows,
        int row,
        ParsedEvents batch,
        EventDecoder decoder,
        PumpClock clock,
        ref ClockSpan span)
    {
        var position = LogPosition.Of(rows.Int64(1, row), rows.Int64(2, row));
        if (position < span.FirstPosition || position > span.LastPosition)
        {
            span = clock.SpanAt(position);
        }

        var code = rows.Int32(4, row);
        var pumpTime = rows.Int64(5, row);
        var index = batch.Count;
        batch.Ids[index] = rows.Int64(0, row);
        batch.Positions[index] = position;
        batch.AreRevisions[index] = rows.Int32(3, row) > 0;
        batch.PumpTimes[index] = pumpTime;
        batch.Timestamps[index] = span.AheadOfUtc is { } ahead
            ? pumpTime - (ahead.Ticks / TimeSpan.TicksPerMicrosecond)
            : long.MinValue;
        batch.Definitions[index] = EventCatalog.Default.Find(code);
        batch.EndRow(decoder.Decode(code, rows.Utf8(6, row)));
    }
}
