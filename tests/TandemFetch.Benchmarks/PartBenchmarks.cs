using System.Text;
using BenchmarkDotNet.Attributes;
using TandemFetch.Engine;
using TandemFetch.Engine.Catalog;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Queries;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Benchmarks;

/// <summary>The parts of the hot path over one window of 28 days, some 30,000 entries; figures are per entry.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class PartBenchmarks
{
    private const int Entries = 30_000;

    private readonly SplitPage _page = new();
    private readonly EventDecoder _decoder = new(EventCatalog.Default);
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "tandem-parts");
    private byte[] _json = [];
    private TandemDatabase _database = null!;

    /// <summary>Creates one page and a file with its entries.</summary>
    [GlobalSetup]
    public async Task SetupAsync()
    {
        PageFolder.Make(_folder, Entries);
        _json = File.ReadAllBytes(Directory.EnumerateFiles(PageFolder.Windows(_folder)).Order().First());
        PageSplitter.Split(_json, _page);
        var path = Path.Combine(_folder, "parts.db");
        File.Delete(path);
        _database = await DatabaseFile.OpenAsync(path, DatabaseAccess.Write, TimeSpan.Zero, CancellationToken.None);
        var source = new PageFolder(_folder);
        var backfill = new Backfill(_database, SilentObserver.Instance, TimeProvider.System);
        var account = await source.GetAccountAsync(CancellationToken.None);
        await foreach (var run in backfill.RunAsync(new BackfillRequest { TimeZone = PageFolder.Zone }, source, account, failure => throw failure, CancellationToken.None))
        {
            Console.WriteLine($"{run.Stage}: {run.RowsIn} in, {run.RowsOut} out");
        }
    }

    /// <summary>Closes the file.</summary>
    [GlobalCleanup]
    public void Cleanup() => _database.Dispose();

    /// <summary>Splits a response into its entries.</summary>
    [Benchmark(OperationsPerInvoke = Entries)]
    public int Split()
    {
        PageSplitter.Split(_json, _page);
        return _page.Entries.Count;
    }

    /// <summary>Decodes properties as received into event data.</summary>
    [Benchmark(OperationsPerInvoke = Entries)]
    public long Decode()
    {
        var bytes = 0L;
        foreach (var entry in _page.Entries)
        {
            bytes += _decoder.Decode(entry.EventCode, _json.AsSpan(entry.Properties)).Length;
        }

        return bytes;
    }

    /// <summary>Appends entries to raw_events, and rolls back.</summary>
    [Benchmark(OperationsPerInvoke = Entries)]
    public void Append()
    {
        var device = Encoding.UTF8.GetBytes(_page.Devices[0]);
        using var transaction = _database.Connection.BeginTransaction();
        using var rows = new ColumnAppender(_database, "raw_events");
        foreach (var entry in _page.Entries)
        {
            rows.Set(0, entry.SequenceNumber);
            rows.Set(1, entry.PumpTime);
            rows.Set(2, device);
            rows.Set(3, entry.SequenceGroup);
            rows.Set(4, entry.SequenceNumber);
            rows.Set(5, 0);
            rows.Set(6, entry.EventCode);
            rows.Set(7, entry.PumpTime);
            rows.Set(8, _json.AsSpan(entry.Properties));
            rows.SetNull(9);
            rows.EndRow();
        }

        rows.Complete();
        transaction.Rollback();
    }

    /// <summary>Reads events from the file, as the derivation of records does.</summary>
    [Benchmark(OperationsPerInvoke = Entries)]
    public long Read()
    {
        var sum = 0L;
        using var rows = new ColumnReader(_database, "SELECT log_position, pump_time, event_data FROM events LIMIT $1", Entries);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                sum += rows.Int64(0, row) + rows.Int64(1, row) + rows.Utf8(2, row).Length;
            }
        }

        return sum;
    }

    /// <summary>Reads events from the file into objects, as Invoke-TandemQuery does.</summary>
    [Benchmark(OperationsPerInvoke = Entries)]
    public int Project()
    {
        var query = new QueryRequest($"SELECT log_position, pump_time, event_id, event_name, event_data FROM events LIMIT {Entries}");
        return new QueryRunner(_database).Run(query, CancellationToken.None).Sum(result => result.Rows().Count());
    }
}
