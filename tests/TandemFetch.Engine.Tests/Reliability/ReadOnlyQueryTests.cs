using System.Security.Cryptography;
using TandemFetch.Engine.Queries;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Reliability;

/// <summary>A query that may not write cannot, however it is phrased, and whoever else has the file open.</summary>
public sealed class ReadOnlyQueryTests(ReadOnlyQueryTests.Fresh fresh) : IClassFixture<ReadOnlyQueryTests.Fresh>
{
    private static readonly string[] Statements =
    [
        "INSERT INTO pumps (device_assignment_id, time_zone) VALUES ('x', 'UTC')",
        "UPDATE pumps SET time_zone = 'UTC'",
        "DELETE FROM raw_events",
        "TRUNCATE raw_events",
        "CREATE TABLE mine (id INTEGER)",
        "CREATE OR REPLACE VIEW mine AS SELECT 1",
        "DROP TABLE events",
        "ALTER TABLE pumps ADD COLUMN mine INTEGER",
        "SELECT 1; DROP TABLE events",
        "SELECT 1; COMMIT; DROP TABLE events",
        "ROLLBACK; DROP TABLE events",
        "BEGIN; DROP TABLE events; COMMIT",
        "ATTACH '$file' AS other",
        "ATTACH '$new' AS other",
        "DETACH tandem",
        "USE memory",
        "COPY (SELECT 1) TO '$file'",
        "COPY (SELECT 1) TO '$new'",
        "COPY pumps FROM '$file'",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '$new'",
        "EXPLAIN (ANALYZE) COPY (SELECT 1) TO '$new'",
        "explain/**/analyze COPY (SELECT 1) TO '$file'",
        "EXPLAIN (FORMAT json, ANALYZE) COPY (SELECT 1) TO '$new'",
        "EXPLAIN (FORMAT json) SELECT 1; COMMIT; DROP TABLE events",
        "-- a line\rCOMMIT; DROP TABLE events;\nEXPLAIN SELECT 1",
        "/* /* */ EXPLAIN SELECT 1 */ COMMIT",
        "PIVOT (SELECT nextval('raw_events_id_seq') AS n) ON n USING count(*)",
        "PIVOT pumps ON time_zone USING count(*); COMMIT; DROP TABLE events",
        "EXPLAIN ANALYZE DELETE FROM pumps",
        "EXPORT DATABASE '$new'",
        "IMPORT DATABASE '$new'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET access_mode = 'READ_WRITE'",
        "SET memory_limit = '1KB'",
        "SET GLOBAL autoinstall_known_extensions = true",
        "RESET memory_limit",
        "PRAGMA enable_checkpoint_on_shutdown",
        "PRAGMA force_checkpoint",
        "CHECKPOINT",
        "FORCE CHECKPOINT",
        "VACUUM",
        "ANALYZE",
        "CALL force_checkpoint()",
        "SELECT * FROM force_checkpoint()",
        "SELECT * FROM checkpoint()",
        "SELECT nextval('raw_events_id_seq')",
        "PREPARE p AS DELETE FROM pumps; EXECUTE p",
        "EXECUTE p",
        "WITH gone AS (DELETE FROM pumps RETURNING 1) SELECT * FROM gone",
        "CREATE SECRET s (TYPE s3)",
        "CREATE MACRO m() AS 1",
        "COMMENT ON TABLE pumps IS 'mine'",
        "SELECT * FROM query('DROP TABLE events')",
        "MERGE INTO pumps USING (SELECT 1) ON false WHEN NOT MATCHED THEN INSERT (device_assignment_id, time_zone) VALUES ('x', 'UTC')",
    ];

    private readonly TestDatabase _file = fresh.File;

    /// <summary>With a writer in the same process, the connection could write.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(DatabaseAccess.Read)]
    [InlineData(DatabaseAccess.Write)]
    public async Task Nothing_is_changed(DatabaseAccess? beside)
    {
        var made = Path.Combine(Path.GetDirectoryName(_file.Path)!, "new");
        var before = Hash();
        using (beside is { } access ? await _file.OpenAsync(access) : null)
        {
            var files = FilesBeside();
            foreach (var statement in Statements)
            {
                await TryAsync(statement.Replace("$file", _file.Path, StringComparison.Ordinal)
                    .Replace("$new", made, StringComparison.Ordinal));
                Assert.True(files.SequenceEqual(FilesBeside()), statement);
            }
        }

        if (beside != DatabaseAccess.Write)
        {
            Assert.Equal(before, Hash());
        }

        using var database = await _file.OpenAsync(DatabaseAccess.Read);
        Assert.Equal(["0"], database.Query<string>("SELECT count(*)::VARCHAR FROM pumps"));
        Assert.DoesNotContain("mine", database.Query<string>("SELECT table_name FROM duckdb_tables() UNION SELECT view_name FROM duckdb_views()"));
        Assert.Equal(
            [1L],
            database.Query<long>("SELECT count(*) FROM duckdb_sequences() WHERE sequence_name = 'raw_events_id_seq' AND last_value IS NULL"));
        Assert.Equal([_file.Path], FilesBeside());
    }

    private async Task TryAsync(string text)
    {
        using var database = await _file.OpenAsync(DatabaseAccess.Read);
        var problem = Record.Exception(() => { _ = new QueryRunner(database).Run(new QueryRequest(text), CancellationToken.None).SelectMany(result => result.Values()).Count(); });
        Assert.True(problem is null or TandemException, $"{text}: {problem}");
    }

    private string[] FilesBeside() =>
        [.. Directory.GetFileSystemEntries(Path.GetDirectoryName(_file.Path)!).Order(StringComparer.Ordinal)];

    private string Hash() => Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(_file.Path)));

    /// <summary>A new file, which no test changes.</summary>
    public sealed class Fresh : IAsyncLifetime
    {
        internal TestDatabase File { get; } = new();

        public async ValueTask InitializeAsync() => (await File.OpenAsync()).Dispose();

        public ValueTask DisposeAsync()
        {
            File.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
