using TandemFetch.Engine.Assistant;
using TandemFetch.Engine.Assistant.Guard;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Assistant;

/// <summary>What an assistant's queries may do. All that is refused here would be harmless.</summary>
public sealed class QueryGuardTests(AssistedFile file)
{
    [Theory]
    [InlineData("SELECT count(*) FROM cgm_readings")]
    [InlineData("FROM boluses LIMIT 1")]
    [InlineData("TABLE boluses LIMIT 1")]
    [InlineData("VALUES (1, 'a')")]
    [InlineData("SELECT day, bolus_units FROM daily_totals ORDER BY day DESC LIMIT 3")]
    [InlineData("WITH big AS (SELECT * FROM boluses WHERE delivered > 3) SELECT count(*) FROM big")]
    [InlineData("WITH a AS (SELECT 1 AS x), b AS MATERIALIZED (SELECT x + 1 AS x FROM a) FROM a UNION ALL FROM b")]
    [InlineData("SELECT hour(timestamp), avg(glucose), quantile_cont(glucose, 0.9) FROM cgm_readings GROUP BY ALL ORDER BY 1")]
    [InlineData("SELECT date_trunc('day', timestamp)::DATE AS d, sum(delivered) FROM boluses GROUP BY d HAVING count(*) > 1")]
    [InlineData("SELECT glucose - lag(glucose) OVER (ORDER BY timestamp) AS step FROM cgm_readings QUALIFY step > 20")]
    [InlineData("SELECT b.carbs, g.glucose FROM boluses AS b ASOF JOIN cgm_readings AS g ON b.timestamp >= g.timestamp")]
    [InlineData("SELECT timestamp AT TIME ZONE 'UTC', extract(hour FROM timestamp), INTERVAL 1 DAY FROM boluses LIMIT 1")]
    [InlineData("SELECT * EXCLUDE (id) REPLACE (carbs + 1 AS carbs) FROM boluses LIMIT 1")]
    [InlineData("SELECT [x + 1 FOR x IN [1, 2]], {'a': 1}.a, list_transform([1], lambda v: v + 1), COLUMNS('carb.*') FROM boluses LIMIT 1")]
    [InlineData("SELECT '2024-01-01'::TIMESTAMPTZ, 1::DECIMAL(5, 2), TRY_CAST('x' AS INTEGER), '[1]'::JSON, NULL, 1e3, [1]::INTEGER[]")]
    [InlineData("SELECT i, unnest([1, 2]) FROM range(3) AS r(i), generate_series(1, 2)")]
    [InlineData("SELECT * FROM boluses TABLESAMPLE 10%")]
    [InlineData("SELECT 1 WHERE EXISTS (FROM boluses) AND 1 IN (SELECT 1) AND NOT 2 BETWEEN 3 AND 4 AND 'a' ILIKE 'A%'")]
    [InlineData("SELECT CASE WHEN carbs > 0 THEN 'meal' ELSE 'other' END AS kind, count(*) FILTER (overridden) FROM boluses GROUP BY 1")]
    [InlineData("SELECT DISTINCT ON (kind) kind, source FROM boluses ORDER BY kind, timestamp DESC NULLS LAST LIMIT 10 OFFSET 0")]
    [InlineData("SELECT kind, source, sum(carbs), GROUPING(kind) FROM boluses GROUP BY ROLLUP (kind, source)")]
    [InlineData("SELECT weight FROM own.notes;")]
    [InlineData("-- a comment\nSELECT 'DELETE; DROP TABLE x'")]
    [InlineData("SELECT pump, model_name, time_zone FROM pumps")]
    public async Task What_one_asks_of_data_runs(string sql)
    {
        using var database = await file.OpenAsync();

        var rows = new GuardedQuery(database, AssistedFile.Limits).Run(sql, 50);

        Assert.NotEmpty(rows.Columns);
        Assert.All(rows.Rows, row => Assert.Equal(rows.Columns.Count, row.Count));
    }

    [Theory]
    [InlineData("", "one statement")]
    [InlineData("SELECT 1; SELECT 2", "one statement")]
    [InlineData("SELECT", "cannot parse")]
    [InlineData("INSERT INTO boluses BY NAME SELECT 1 AS id", "Only a SELECT")]
    [InlineData("SET threads = 1", "Only a SELECT")]
    [InlineData("CREATE TEMP TABLE t AS SELECT 1", "Only a SELECT")]
    [InlineData("EXPLAIN SELECT 1", "Only a SELECT")]
    [InlineData("PIVOT boluses ON kind USING count(*)", "Only a SELECT")]
    [InlineData("SELECT * FROM (PIVOT boluses ON kind IN ('Quick') USING count(*))", "PIVOT")]
    [InlineData("SHOW TABLES", "SHOW REF")]
    [InlineData("DESCRIBE boluses", "SHOW REF")]
    [InlineData("SELECT * FROM (SUMMARIZE boluses)", "SHOW REF")]
    [InlineData("WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) FROM r LIMIT 1", "RECURSIVE")]
    [InlineData("SELECT $1", "PARAMETER")]
    [InlineData("FROM raw_events", "raw_events")]
    [InlineData("FROM events", "events")]
    [InlineData("FROM bookkeeping.fetch_marks", "bookkeeping.fetch_marks")]
    [InlineData("FROM profiles", "profiles")]
    [InlineData("FROM attached_file.main.boluses", "attached_file.main.boluses")]
    [InlineData("FROM memory.main.boluses", "memory.main.boluses")]
    [InlineData("FROM hidden.pump_numbers", "hidden.pump_numbers")]
    [InlineData("FROM own.everything", "own.everything")]
    [InlineData("FROM duckdb_tables", "duckdb_tables")]
    [InlineData("FROM sqlite_master", "sqlite_master")]
    [InlineData("FROM information_schema.tables", "information_schema.tables")]
    [InlineData("FROM 'some.csv'", "some.csv")]
    [InlineData("FROM duckdb_settings()", "duckdb_settings()")]
    [InlineData("FROM a_function_of_a_later_version()", "a_function_of_a_later_version()")]
    [InlineData("SELECT a_function_of_a_later_version()", "a_function_of_a_later_version()")]
    [InlineData("FROM glob('*.none')", "glob()")]
    [InlineData("SELECT version()", "version()")]
    [InlineData("SELECT current_setting('threads')", "current_setting()")]
    [InlineData("SELECT getvariable('x')", "getvariable()")]
    [InlineData("SELECT repeat('a', 3)", "repeat()")]
    [InlineData("SELECT range(3)", "range()")]
    [InlineData("SELECT sum(sleep_ms(0)) OVER ()", "sleep_ms()")]
    [InlineData("SELECT 1 ORDER BY (SELECT count(*) FROM duckdb_logs())", "duckdb_logs()")]
    [InlineData("SELECT kind.upper() FROM boluses", "upper(…)")]
    [InlineData("SELECT * FROM boluses AT (VERSION => 1)", "AT")]
    [InlineData("SELECT 'x'::BLOB", "BLOB")]
    [InlineData("SELECT 'x'::mood", "mood")]
    [InlineData("WITH sqlite_master AS (SELECT 1) FROM boluses LIMIT 1", "sqlite_master")]
    [InlineData("WITH \"some.csv\" AS (SELECT 1) SELECT 1", "some.csv")]
    [InlineData("WITH hidden AS (SELECT 1) SELECT 1", "hidden")]
    public async Task Whatever_is_on_no_list_is_refused_by_its_name(string sql, string named)
    {
        using var database = await file.OpenAsync();

        var refused = Assert.Throws<TandemException>(() => new GuardedQuery(database, AssistedFile.Limits).Run(sql, 50));

        Assert.Equal(AssistantErrors.Refused, refused.ErrorId);
        Assert.Contains(named, refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Parts_that_are_included_are_visible()
    {
        using var database = await file.OpenAsync(scope => scope with { Include = Enum.GetValues<AssistantPart>() });
        var query = new GuardedQuery(database, AssistedFile.Limits);

        Assert.All(
            ["raw_events", "events", "profiles", "pump_settings", "pipeline_runs", "bookkeeping.fetch_marks"],
            table => Assert.Single(query.Run($"SELECT count(*) FROM {table}", 1).Rows));
        Assert.All(
            database.File.Tables,
            table => Assert.Null(query.Run($"SELECT count(COLUMNS(*)) FROM {table.Name}", 1).Cut));
    }

    [Fact]
    public async Task Settings_are_locked_and_no_other_file_can_be_reached()
    {
        using var database = await file.OpenAsync();

        Assert.All(
            ["SET threads = 1", "CREATE TABLE attached_file.main.t (a INTEGER)",
                "COPY (SELECT 1) TO '/nowhere/at/all.csv'", "FROM read_text('/nowhere/at/all.txt')"],
            sql => Assert.ThrowsAny<Exception>(() => Execute(database, sql)));
    }

    [Fact]
    public async Task A_message_about_a_value_does_not_quote_it()
    {
        using var database = await file.OpenAsync();

        var failed = Assert.Throws<TandemException>(() => new GuardedQuery(database, AssistedFile.Limits)
            .Run("SELECT note::INTEGER FROM own.notes", 10));

        Assert.Equal(AssistantErrors.QueryFailed, failed.ErrorId);
        Assert.DoesNotContain("about", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_is_cut_with_a_note()
    {
        using var database = await file.OpenAsync();
        var query = new GuardedQuery(database, AssistedFile.Limits);

        Assert.Contains("Cut after 5 rows", query.Run("FROM range(20000000)", 5).Cut, StringComparison.Ordinal);
        Assert.Null(query.Run("FROM range(5)", 5).Cut);
        var small = new GuardedQuery(database, AssistedFile.Limits with { Bytes = 1_000 });
        var rows = small.Run("SELECT i, 'some text' FROM range(20000000) AS r(i)", 2_000);
        Assert.Contains("because of their size", rows.Cut, StringComparison.Ordinal);
        Assert.InRange(rows.Rows.Sum(row => row.ToJsonString().Length), 900, 1_000);
    }

    [Fact]
    public async Task Numbers_that_JSON_lacks_become_null_and_nulls_are_kept()
    {
        using var database = await file.OpenAsync();

        var rows = new GuardedQuery(database, AssistedFile.Limits).Run(
            "SELECT 'NaN'::DOUBLE, '-infinity'::FLOAT, NULL, 1.25::DECIMAL(5, 2), DATE '2024-02-01', "
            + "TIMESTAMPTZ '2024-02-01 12:00:00+00', [1, NULL], {'a': 'x'}, 99999999999999999999::HUGEINT", 1);

        Assert.Equal(
            """[null,null,null,1.25,"2024-02-01","2024-02-01T07:00:00-05:00",[1,null],{"a":"x"},"99999999999999999999"]""",
            rows.Rows[0].ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    private static void Execute(GuardedDatabase database, string sql)
    {
        using var command = database.Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
