using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using TandemFetch.Engine.Assistant;
using TandemFetch.Engine.Assistant.Guard;
using TandemFetch.Engine.Assistant.Tools;
using TandemFetch.Engine.Assistant.Worker;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Assistant;

/// <summary>
/// Thousands of generated queries, and a hundred generated calls (1,500 with <c>TANDEM_TESTS=long</c>), of which none
/// leaves the guard. They are harmless: made of values, of names that do not exist, and of functions that a later
/// version of DuckDB may have.
/// </summary>
public sealed class GeneratedQueryTests(AssistedFile file)
{
    private const int Queries = 4_000;

    private static readonly int Arguments = LongRun.IsAsked ? 1_500 : 100;

    private static readonly string[] Tables =
        ["boluses", "boluses", "boluses", "cgm_readings", "cgm_readings", "daily_totals", "daily_totals", "own.notes", "own.notes",
            "pumps", "pumps", "raw_events", "events", "profiles", "part",
            "bookkeeping.fetch_marks", "attached_file.main.pumps", "hidden.pump_numbers", "memory.main.boluses",
            "duckdb_tables", "information_schema.tables", "own.everything", "\"a b\"", "'none.csv'"];

    private static readonly string[] Functions =
        ["abs", "count", "lower", "list_value", "count", "coalesce", "typeof", "list_value", "coalesce", "typeof", "hash", "concat",
            "struct_pack", "greatest", "list_value", "typeof", "coalesce", "hash", "version", "current_setting", "getvariable",
            "a_later_function", "duckdb_settings", "range", "main.abs", "memory.main.abs", "hidden.without_names"];

    private static readonly string[] Values =
        ["1", "2", "NULL", "'text'", "pump", "1", "timestamp", "1.5", "DATE '2024-01-01'", "[1, 2]", "{'a': 1}", "NULL", "*", "$1"];

    private static readonly Gen<string> Expression = Nested(2);

    private static readonly Gen<string> Source = Gen.OneOf(
        Pick(Tables),
        Gen.Select(Pick(Functions), Pick(Values), (name, value) => $"{name}({value})"),
        Gen.Select(Pick(Tables), Pick(Tables), (left, right) => $"{left} JOIN {right} ON true"),
        Pick(Tables).Select(table => $"(FROM {table})"),
        Expression.Select(value => $"(VALUES ({value})) AS v(x)"));

    private static readonly Gen<string> Statement = Gen.Select(
        Pick("SELECT", "SELECT", "SELECT", "SELECT", "SELECT", "SELECT", "SELECT", "SELECT", "WITH part AS (SELECT 1 AS id) SELECT", "WITH RECURSIVE part AS (SELECT 1) SELECT", "EXPLAIN SELECT",
            "DESCRIBE SELECT", "SELECT DISTINCT", "; SELECT", "SELECT 1; SELECT", "-- why\nSELECT", "/* /* */ SELECT", "CALL"),
        Expression,
        Source,
        Pick("", "", " WHERE true", " LIMIT 1", " LIMIT 2", " ORDER BY 1", " LIMIT 3", " GROUP BY ALL", " USING SAMPLE 3", " UNION ALL SELECT 1", ";", "; SELECT 2"),
        (begin, value, source, end) => $"{begin} {value} FROM {source}{end}");

    // A text that was a query, with some characters changed.
    private static readonly Gen<string> Damaged = Gen.Select(Statement, Gen.Int[0, 60], Gen.Char, (text, place, character) =>
        text.Length == 0 ? text : text.Remove(place % text.Length, 1).Insert(place % text.Length, character.ToString()));

    [Fact]
    public async Task No_query_leaves_the_guard()
    {
        var folder = await file.FolderAsync();
        var before = Directory.GetFileSystemEntries(folder).Order().ToList();
        using var database = await file.OpenAsync();
        var visible = database.File.Tables.Select(table => table.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var query = new GuardedQuery(database, AssistedFile.Limits);
        var outcomes = new Dictionary<string, int>();

        Gen.OneOf(
            Statement.Select(sql => (Sql: sql, IsWhole: true)),
            Damaged.Select(sql => (Sql: sql, IsWhole: false))).Sample(
            generated =>
            {
                var (sql, isWhole) = generated;
                var outcome = Run(query, sql);
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
                if (outcome == "ran" && isWhole)
                {
                    AssertHarmless(sql, visible);
                }
            },
            iter: Queries,
            threads: 1,
            writeLine: TestContext.Current.TestOutputHelper!.WriteLine);

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", outcomes));
        Assert.True(outcomes["ran"] > Queries / 100);
        Assert.True(outcomes[AssistantErrors.Refused] > Queries / 10);
        Assert.Equal(before, Directory.GetFileSystemEntries(folder).Order());
        Assert.Equal("[[1]]", new JsonArray([.. query.Run("SELECT 1", 1).Rows]).ToJsonString());
    }

    [Fact]
    public async Task No_argument_breaks_a_tool()
    {
        var settings = new WorkerSettings(await file.ScopeAsync(), AssistedFile.Limits);
        var names = AssistantTools.All.SelectMany(tool => tool.Arguments).Select(argument => argument.Name)
            .Append("surprise").Distinct().ToArray();
        var value = Gen.OneOf(
            Pick<object?>(
                null, "", "2024-03-01", "2024-03-10 08:00", "yesterday", "14d", "99999999d", "0001-01-01", "9999-12-31", "mg/dL",
                "week", 1, 0, -1, 2.5, 1e300, true, "SELECT 1", "FROM raw_events"),
            Gen.String.Select(text => (object?)text),
            Gen.Int.Select(number => (object?)number),
            Gen.Int.Array[0, 3].Select(list => (object?)list));
        var outcomes = new Dictionary<string, int>();

        Gen.Select(
            Pick<string>([.. AssistantTools.All.Select(tool => tool.Name), "no_such_tool"]),
            Gen.Dictionary(Pick(names), value)[0, 3]).Sample(
            (tool, arguments) =>
            {
                var element = JsonSerializer.SerializeToElement(arguments);
                var response = WorkerLoop.RespondAsync(new WorkerRequest(1, tool, element), settings).GetAwaiter().GetResult();
                var text = JsonSerializer.Serialize(response, AssistantJson.Options);
                outcomes[response.ErrorId ?? "ran"] = outcomes.GetValueOrDefault(response.ErrorId ?? "ran") + 1;
                Assert.True(response.Result is null == response.Error is not null);
                Assert.True(
                    response.ErrorId is null or AssistantErrors.ArgumentInvalid or AssistantErrors.Refused
                        or AssistantErrors.QueryFailed,
                    text);
                Assert.True(response.ErrorId is null || response.Error!.EndsWith('.'), response.Error);
                Assert.DoesNotContain(AssistedFile.Serial, text, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(AssistedFile.Assignment, text, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("tandem-test-", text, StringComparison.OrdinalIgnoreCase);
            },
            iter: Arguments,
            threads: 1,
            writeLine: TestContext.Current.TestOutputHelper!.WriteLine);

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", outcomes));
        Assert.True(outcomes["ran"] > Arguments / 20);
        Assert.True(outcomes[AssistantErrors.ArgumentInvalid] > Arguments / 10);
    }

    private static Gen<string> Nested(int depth)
    {
        var inner = depth == 0 ? Pick(Values) : Nested(depth - 1);
        return Gen.OneOf(
            Pick(Values),
            Gen.Select(Pick(Functions), inner, (name, value) => $"{name}({value})"),
            Gen.Select(inner, Pick("+", "||", "=", "AND", "LIKE", "IN", "->>", "IS"), inner, (left, sign, right) => $"({left} {sign} {right})"),
            Gen.Select(inner, Pick("INTEGER", "VARCHAR", "JSON", "BLOB", "mood", "INTEGER[]"), (value, type) => $"{value}::{type}"),
            inner.Select(value => $"(SELECT {value})"),
            inner.Select(value => $"CASE WHEN {value} THEN 1 END"),
            inner.Select(value => $"first({value}) OVER ()"));
    }

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(place => values[place]);

    private static string Run(GuardedQuery query, string sql)
    {
        try
        {
            var rows = query.Run(sql, 20);
            Assert.True(rows.Rows.Count <= 20);
            var text = new JsonArray([.. rows.Rows.Select(row => row.DeepClone())]).ToJsonString();
            Assert.DoesNotContain(AssistedFile.Serial, text, StringComparison.Ordinal);
            Assert.DoesNotContain(AssistedFile.Assignment, text, StringComparison.Ordinal);
            return "ran";
        }
        catch (TandemException failure)
        {
            Assert.True(failure.ErrorId is AssistantErrors.Refused or AssistantErrors.QueryFailed, failure.Message);
            Assert.DoesNotContain("tandem-test-", failure.Message, StringComparison.Ordinal);
            return failure.ErrorId;
        }
    }

    // Decided by the text, and not by the tree as the guard does.
    private static void AssertHarmless(string sql, HashSet<string> visible)
    {
        Assert.All(
            Tables.Where(table => !visible.Contains(table) && table != "part"),
            table => Assert.DoesNotContain($"FROM {table}", sql.Replace("(", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.All(
            ["version(", "current_setting(", "getvariable(", "a_later_function(", "duckdb_settings(", "memory.", "hidden."],
            name => Assert.DoesNotContain(name, sql, StringComparison.Ordinal));
    }
}
