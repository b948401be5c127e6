using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Reliability;

/// <summary>A file is attached while it is written, and is an ordinary DuckDB file for everybody else.</summary>
public sealed class WritableAttachmentTests : IDisposable
{
    private static readonly SyntheticLog Log = SyntheticLog.Of(seed: 5, days: 60, sparse: false);

    private readonly TestDatabase _file = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Its_row_groups_have_the_chosen_size()
    {
        await _file.BackfillAsync(Log.Serving(Log.Entries.Values));

        var groups = await _file.QueryAsync<long>(
            "SELECT sum(count)::BIGINT FROM pragma_storage_info('raw_events') WHERE column_name = 'id' AND segment_type <> 'VALIDITY' GROUP BY row_group_id");

        Assert.True(groups.Count > 1);
        Assert.All(groups, rows => Assert.InRange(rows, 1, RowGroup.Rows));
        Assert.Contains((long)RowGroup.Rows, groups);
        Assert.Equal(Log.Entries.Count, groups.Sum());
    }

    [Fact]
    public async Task Any_DuckDB_can_read_and_write_it()
    {
        await _file.BackfillAsync(Log.Serving(Log.Entries.Values));

        var added = TestDatabase.ExecuteAsAnotherProgram(
            _file.Path,
            "INSERT INTO pipeline_runs (stage, started, duration_ms, rows_in, rows_out, outcome) VALUES ('Fetch', now(), 1, (SELECT count(*) FROM raw_events), 0, 'Completed')");
        Assert.Equal(1, added);

        var newest = await _file.QueryAsync<long>("SELECT rows_in FROM pipeline_runs ORDER BY id DESC LIMIT 1");
        Assert.Equal(Log.Entries.Count, newest[0]);
    }

    [Fact]
    public async Task Its_path_may_have_an_apostrophe()
    {
        var path = Path.Combine(Path.GetDirectoryName(_file.Path)!, "it's mine.db");

        (await DatabaseFile.OpenAsync(path, DatabaseAccess.Write, TimeSpan.Zero, Cancellation)).Dispose();

        Assert.True(File.Exists(path));
    }

    [Theory]
    [InlineData("SELECT error('It is broken off.')")]
    [InlineData("SELECT nothing FROM nowhere")]
    public async Task It_is_let_go_of_after_a_query_that_failed(string query)
    {
        using (var database = await _file.OpenAsync())
        {
            Assert.ThrowsAny<TandemException>(() => new ColumnReader(database, query));
            Assert.ThrowsAny<TandemException>(() => new ColumnAppender(database, "nowhere"));
        }

        Assert.Equal(0, OpenFiles.Count(_file.Path));
    }

    [Fact]
    public async Task It_is_looked_into_again_after_all_sessions_are_closed()
    {
        using (var database = await _file.OpenAsync())
        {
            using var one = database.OpenSession();
            using var other = database.OpenSession();
            Assert.Equal(0, other.Scalar<long>("SELECT count(*) FROM events"));
        }

        await using (var file = File.OpenWrite(_file.Path))
        {
            file.SetLength(4096);
        }

        var refusal = await Assert.ThrowsAsync<TandemException>(() => _file.OpenAsync());
        Assert.Equal(DatabaseErrors.NotADatabase, refusal.ErrorId);
    }

    [Fact]
    public async Task A_session_outlives_a_reader_that_came_and_went()
    {
        using var database = await _file.OpenAsync();
        using var session = database.OpenSession();

        (await _file.OpenAsync(DatabaseAccess.Read)).Dispose();

        session.Execute("INSERT INTO bookkeeping.changed_days VALUES ('pump', NULL)");
        Assert.Equal(1, database.Scalar<long>("SELECT count(*) FROM bookkeeping.changed_days"));
    }
}
