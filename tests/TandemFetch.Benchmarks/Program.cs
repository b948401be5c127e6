using System.Diagnostics;
using DuckDB.NET.Data;
using TandemFetch.Benchmarks;
using TandemFetch.Engine;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Storage;

var entries = long.Parse(args[1]);
var folder = Path.Combine(Path.GetTempPath(), $"tandem-pages-{entries}");
switch (args[0])
{
    case "make":
        var sw0 = Stopwatch.StartNew();
        PageFolder.Make(folder, entries);
        Console.WriteLine($"made in {sw0.Elapsed}");
        break;
    case "pipeline":
    {
        var path = Path.Combine(folder, "tandem.db");
        if (args.Length < 3)
        {
            File.Delete(path);
        }

        var source = new PageFolder(folder);
        var sw = Stopwatch.StartNew();
        using (var database = await TandemDatabase.OpenAsync(path, DatabaseAccess.Write, TimeSpan.Zero, default))
        {
            Console.WriteLine($"open {sw.ElapsedMilliseconds}");
            var request = new BackfillRequest { TimeZone = PageFolder.Zone, Rebuild = args.Length > 3 };
            await foreach (var run in new Backfill(database, SilentObserver.Instance, TimeProvider.System)
                .RunAsync(request, source, await source.GetAccountAsync(default), default))
            {
                Console.WriteLine($"{run.Stage} {run.Duration.TotalMilliseconds:0} in {run.RowsIn} out {run.RowsOut} alloc {GC.GetTotalAllocatedBytes() / 1048576} MiB gc {GC.CollectionCount(0)}/{GC.CollectionCount(2)} heap {GC.GetGCMemoryInfo().TotalCommittedBytes / 1048576} peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} ws {Process.GetCurrentProcess().WorkingSet64 / 1048576} cpu {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:0.0}");
            }
        }

        Console.WriteLine($"total {sw.ElapsedMilliseconds} ms, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MiB, file {new FileInfo(path).Length / 1048576.0:0.0} MiB, cpu {Process.GetCurrentProcess().TotalProcessorTime}");
        break;
    }

    case "read_json":
    {
        var path = Path.Combine(folder, "flat.db");
        File.Delete(path);
        var sw = Stopwatch.StartNew();
        using (var connection = new DuckDBConnection($"DataSource={path}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"""
                CREATE TABLE flat AS
                SELECT e.* FROM (SELECT unnest(events) AS e FROM read_json('{folder}/*.json', maximum_object_size = 1000000000,
                    columns = {"{"}events: 'STRUCT(deviceAssignmentId VARCHAR, eventCode INTEGER, sequenceGroup BIGINT, sequenceNumber BIGINT, pumpDateTime TIMESTAMP, eventProperties JSON, estimatedDateTime VARCHAR)[]'{"}"}))
                """;
            command.ExecuteNonQuery();
        }

        Console.WriteLine($"total {sw.ElapsedMilliseconds} ms, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MiB, file {new FileInfo(path).Length / 1048576.0:0.0} MiB");
        break;
    }
}
