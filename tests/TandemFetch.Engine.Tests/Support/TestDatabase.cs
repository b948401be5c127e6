using DuckDB.NET.Data;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Support;

/// <summary>A database file of its own for one test, removed afterwards.</summary>
internal sealed class TestDatabase : IDisposable
{
    public const string Zone = "America/New_York";

    private const string Line =
        "ROW(*COLUMNS(name -> name NOT IN ('id', 'events_id', 'raw_events_id', 'created', 'fetched_at')))::VARCHAR";

    private static readonly Lazy<byte[]> Empty = new(MakeEmpty);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tandem-test-");

    /// <summary>A backfill of the first stage alone, for tests of what is requested and received.</summary>
    public static BackfillRequest Fetch { get; } = new() { Stages = [PipelineStage.Fetch] };

    public string Path => System.IO.Path.Combine(_folder.FullName, "tandem.db");

    /// <summary>Opens the file. To write, it is made where there is none, as a copy of one that was made for the first test.</summary>
    public Task<TandemDatabase> OpenAsync(DatabaseAccess access = DatabaseAccess.Write)
    {
        if (access == DatabaseAccess.Write && _folder.GetFiles().Length == 0)
        {
            File.WriteAllBytes(Path, Empty.Value);
        }

        return DatabaseFile.OpenAsync(Path, access, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a backfill; the first failure of a pump is thrown after all pumps have been run.</summary>
    public async Task<List<PipelineRun>> BackfillAsync(ILogSource source, BackfillRequest? request = null, TimeProvider? time = null)
    {
        using var database = await OpenAsync();
        return await BackfillAsync(database, source, request, time);
    }

    /// <summary>The same on an open file.</summary>
    public static async Task<List<PipelineRun>> BackfillAsync(
        TandemDatabase database, ILogSource source, BackfillRequest? request = null, TimeProvider? time = null)
    {
        request ??= new BackfillRequest();
        request = request with { TimeZone = request.TimeZone ?? Zone };
        Backfill.Check(request);
        var cancellationToken = TestContext.Current.CancellationToken;
        var account = await source.GetAccountAsync(cancellationToken);
        var backfill = new Backfill(database, SilentObserver.Instance, time ?? TimeProvider.System);
        var failures = new List<TandemException>();
        var runs = new List<PipelineRun>();
        await foreach (var run in backfill.RunAsync(request, source, account, failures.Add, cancellationToken))
        {
            runs.Add(run);
        }

        return failures.Count == 0 ? runs : throw failures[0];
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        using var database = await OpenAsync(DatabaseAccess.Read);
        return database.Query<T>(sql);
    }

    /// <summary>What another program does to a file.</summary>
    public static int ExecuteAsAnotherProgram(string path, string sql)
    {
        using var connection = new DuckDBConnection($"DataSource={path}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>A table's rows as text, one line each, without the columns that depend on when or in which order they were written.</summary>
    public async Task<IReadOnlyList<string>> DumpAsync(string table)
    {
        using var database = await OpenAsync(DatabaseAccess.Read);
        return Dump(database, table);
    }

    /// <summary>The same from an open file.</summary>
    public static IReadOnlyList<string> Dump(TandemDatabase database, string table) =>
        database.Query<string>($"SELECT {Line} AS line FROM {table} ORDER BY line");

    /// <summary>
    /// How many rows each table has, and a checksum of its dump. One statement for all takes less time than one each.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Sums(TandemDatabase database, IEnumerable<string> tables) =>
        database.Query<(string Table, string Sum)>(string.Join("\nUNION ALL\n", tables.Select(table =>
            $"SELECT '{table}', concat_ws(' ', count(*), sum(hash(line)::HUGEINT)) "
            + $"FROM (SELECT {Line} AS line FROM {table})")))
            .ToDictionary(sum => sum.Table, sum => sum.Sum);

    public void Dispose() => _folder.Delete(recursive: true);

    private static byte[] MakeEmpty()
    {
        using var file = new TestDatabase();
        DatabaseFile.OpenAsync(file.Path, DatabaseAccess.Write, TimeSpan.Zero, CancellationToken.None).GetAwaiter().GetResult().Dispose();
        return File.ReadAllBytes(file.Path);
    }
}
