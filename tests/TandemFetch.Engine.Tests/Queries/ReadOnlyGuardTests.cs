using TandemFetch.Engine.Queries;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Queries;

/// <summary>Which texts only read. What is refused here would be harmless.</summary>
public sealed class ReadOnlyGuardTests : IAsyncLifetime
{
    // Functions whose result differs from call to call, and that change nothing.
    private static readonly string[] Harmless =
    [
        "current_connection_id", "current_query", "current_query_id", "current_transaction_id", "currval", "error",
        "gen_random_uuid", "random", "setseed", "sleep_ms", "stats", "uuid", "uuidv4", "uuidv7",
    ];

    private readonly TestDatabase _file = new();
    private TandemDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await _file.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("SELECT * FROM disable_logging()")]
    [InlineData("FROM DISABLE_LOGGING()")]
    [InlineData("FROM \"disable_logging\"()")]
    [InlineData("FROM main.disable_profiling()")]
    [InlineData("SELECT 1; SELECT * FROM disable_logging()")]
    [InlineData("WITH off AS (FROM disable_logging()) SELECT 1")]
    [InlineData("SELECT (SELECT count(*) FROM disable_logging())")]
    [InlineData("SELECT 1 WHERE EXISTS (FROM disable_logging())")]
    [InlineData("SELECT * FROM pumps, LATERAL (FROM disable_logging())")]
    [InlineData("SELECT 1 UNION ALL SELECT 2 FROM disable_logging()")]
    [InlineData("SELECT 1 ORDER BY (SELECT 1 FROM disable_logging())")]
    [InlineData("SELECT 1 LIMIT (SELECT count(*) FROM disable_logging())")]
    [InlineData("DESCRIBE FROM disable_logging()")]
    [InlineData("SUMMARIZE FROM disable_logging()")]
    [InlineData("EXPLAIN FROM disable_logging()")]
    [InlineData("/* why */ EXPLAIN -- indeed\n FROM disable_logging()")]
    [InlineData("PIVOT (FROM disable_logging()) ON x IN (1) USING count(*)")]
    [InlineData("FROM query('FROM disable_logging()')")]
    [InlineData("FROM json_execute_serialized_sql('{}')")]
    [InlineData("FROM a_function_of_a_later_version()")]
    [InlineData("SELECT nextval('raw_events_id_seq')")]
    [InlineData("EXPLAIN ANALYZE SELECT 1")]
    [InlineData("EXPLAIN (ANALYZE) SELECT 1")]
    [InlineData("EXPLAIN/**/ANALYSE SELECT 1")]
    [InlineData("CALL disable_logging()")]
    [InlineData("EXPLAIN (FORMAT json, ANALYZE) SELECT 1")]
    [InlineData("EXPLAIN (FORMAT json) SELECT 1; CALL disable_logging()")]
    [InlineData("/* /* */ EXPLAIN SELECT 1 */ CHECKPOINT")]
    [InlineData("-- a line\rCALL disable_logging();\nEXPLAIN SELECT 1")]
    [InlineData("PIVOT (FROM disable_logging()) ON x USING count(*)")]
    [InlineData("PIVOT (FROM \"disable_logging\"()) ON x USING count(*)")]
    [InlineData("PIVOT (FROM disable_logging -- sum\n()) ON x USING count(*)")]
    [InlineData("PIVOT (FROM disable_logging/* sum */()) ON x USING count(*)")]
    [InlineData("PIVOT (FROM main.disable_logging ()) ON x USING count(*)")]
    [InlineData("PIVOT (FROM query('FROM pumps')) ON time_zone USING count(*)")]
    [InlineData("PIVOT (FROM a_function_of_a_later_version()) ON x USING count(*)")]
    [InlineData("PIVOT (FROM checkpoint()) ON Success USING count(*)")]
    [InlineData("PIVOT (SELECT nextval('raw_events_id_seq') AS n) ON n USING count(*)")]
    [InlineData("PIVOT pumps ON time_zone USING count(*); CALL disable_logging()")]
    [InlineData("CALL disable_logging(); PIVOT pumps ON time_zone USING count(*)")]
    [InlineData("CREATE TEMP TABLE mine AS PIVOT pumps ON time_zone USING count(*)")]
    [InlineData("WITH wide AS (PIVOT pumps ON time_zone USING count(*)) DELETE FROM pumps")]
    [InlineData("PRAGMA disable_profiling")]
    [InlineData("PRAGMA table_info('pumps'); SET threads = 1")]
    [InlineData("SET threads = 1")]
    public void A_text_that_is_not_known_to_only_read_is_refused(string text)
    {
        Assert.NotNull(ReadOnlyGuard.Objection(_database, text));

        var failure = Assert.Throws<TandemException>(() => Run(text));
        Assert.Equal(QueryErrors.ReadOnly, failure.ErrorId);
    }

    [Theory]
    [InlineData("SELECT 42")]
    [InlineData("FROM pumps")]
    [InlineData("TABLE pumps")]
    [InlineData("VALUES (1), (2)")]
    [InlineData("SELECT 1; FROM events; SHOW TABLES")]
    [InlineData("SHOW ALL TABLES")]
    [InlineData("DESCRIBE events")]
    [InlineData("SUMMARIZE boluses")]
    [InlineData("EXPLAIN SELECT * FROM events")]
    [InlineData("EXPLAIN (FORMAT json) SELECT 1")]
    [InlineData("-- nextval('x') EXPLAIN ANALYZE\nSELECT 'disable_logging()' AS \"enable_logging()\"")]
    [InlineData("SELECT * FROM range(3), generate_series(1, 2), (FROM repeat(1, 2))")]
    [InlineData("SELECT unnest([1, 2]), random(), uuid()")]
    [InlineData("WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 3) FROM n")]
    [InlineData("PIVOT boluses ON kind IN ('Standard') USING sum(delivered)")]
    [InlineData("PIVOT (SELECT unnest(['a', 'b']) AS kind, 2 AS n) ON kind USING sum(n * (n + 1)), max(n)")]
    [InlineData("FROM (PIVOT (FROM range(3)) ON range USING count(*))")]
    [InlineData("-- By kind.\r\nWITH wide AS (PIVOT (SELECT 1 AS a, 2 AS b) ON a, b USING count(*)) FROM wide;\n")]
    [InlineData("EXPLAIN (FORMAT json) FROM pumps")]
    [InlineData("FROM duckdb_settings()")]
    [InlineData("FROM query_table('pumps')")]
    [InlineData("FROM pragma_table_info('pumps')")]
    [InlineData("pragma table_info(pumps);")]
    [InlineData("PRAGMA version")]
    public void A_text_that_only_reads_runs(string text)
    {
        Assert.Null(ReadOnlyGuard.Objection(_database, text));

        Run(text);
    }

    [Fact]
    public void Other_files_can_be_read()
    {
        var path = Path.Combine(Path.GetDirectoryName(_file.Path)!, "meals.csv");
        File.WriteAllText(path, "meal\nlunch\n");

        Run($"SELECT * FROM read_csv('{path}'), '{path}'");
    }

    [Fact]
    public void A_macro_that_is_stored_in_the_file_is_like_a_view()
    {
        _database.Execute("CREATE MACRO numbers() AS TABLE SELECT 1 AS one");

        Run("FROM numbers()");
    }

    [Fact]
    public void Very_deep_texts_are_read_to_the_bottom()
    {
        var text = string.Concat(Enumerable.Repeat("SELECT (", 150)) + "SELECT 1 FROM disable_logging()" + new string(')', 150);

        Assert.NotNull(ReadOnlyGuard.Objection(_database, text));
    }

    /// <summary>A new version of DuckDB brings functions about which somebody must decide.</summary>
    [Fact]
    public void Every_function_of_this_DuckDB_is_known()
    {
        var tableFunctions = Functions("function_type = 'table'");
        Assert.Empty(ReadOnlyGuard.Reading.Except(tableFunctions));

        Assert.Equal(
            Harmless.Concat(ReadOnlyGuard.Changing).Order(StringComparer.Ordinal),
            Functions("function_type = 'scalar' AND has_side_effects"));
    }

    private IReadOnlyList<string> Functions(string condition) => _database.Query<string>(
        $"SELECT DISTINCT function_name FROM duckdb_functions() WHERE {condition} ORDER BY ALL");

    private void Run(string text) => _ = new QueryRunner(_database)
        .Run(new QueryRequest(text), TestContext.Current.CancellationToken)
        .SelectMany(result => result.Values())
        .Count();
}
