using CsCheck;

namespace TandemFetch.Engine.Tests.Assistant;

/// <summary>
/// Generated queries and arguments. They are harmless: made of values, of names that do not exist, and of functions
/// that a later version of DuckDB may have. Tests of the guard and of the server's process share them.
/// </summary>
internal static class GeneratedCalls
{
    /// <summary>The names after FROM; <see cref="OwnTables"/> makes those of the schema <c>own</c>.</summary>
    public static readonly string[] Tables =
        ["boluses", "boluses", "boluses", "cgm_readings", "cgm_readings", "daily_totals", "daily_totals", "own.notes",
            "own.notes", "pumps", "pumps", "raw_events", "events", "profiles", "part",
            "bookkeeping.fetch_marks", "attached_file.main.pumps", "hidden.pump_numbers", "memory.main.boluses",
            "duckdb_tables", "information_schema.tables", "own.everything", "\"a b\"", "'none.csv'"];

    private static readonly string[] Functions =
        ["abs", "count", "lower", "list_value", "count", "coalesce", "typeof", "list_value", "coalesce", "typeof",
            "hash", "concat", "struct_pack", "greatest", "list_value", "typeof", "coalesce", "hash", "version",
            "current_setting", "getvariable", "a_later_function", "duckdb_settings", "range", "main.abs",
            "memory.main.abs", "hidden.without_names"];

    private static readonly string[] Values =
        ["1", "2", "NULL", "'text'", "pump", "1", "timestamp", "1.5", "DATE '2024-01-01'", "[1, 2]", "{'a': 1}", "NULL",
            "*", "$1"];

    private static readonly Gen<string> Expression = Nested(2);

    private static readonly Gen<string> Source = Gen.OneOf(
        Pick(Tables),
        Gen.Select(Pick(Functions), Pick(Values), (name, value) => $"{name}({value})"),
        Gen.Select(Pick(Tables), Pick(Tables), (left, right) => $"{left} JOIN {right} ON true"),
        Pick(Tables).Select(table => $"(FROM {table})"),
        Expression.Select(value => $"(VALUES ({value})) AS v(x)"));

    /// <summary>The text of a query, most of which DuckDB can parse.</summary>
    public static readonly Gen<string> Statement = Gen.Select(
        Pick("SELECT", "SELECT", "SELECT", "SELECT", "SELECT", "SELECT", "SELECT", "SELECT",
            "WITH part AS (SELECT 1 AS id) SELECT", "WITH RECURSIVE part AS (SELECT 1) SELECT", "EXPLAIN SELECT",
            "DESCRIBE SELECT", "SELECT DISTINCT", "; SELECT", "SELECT 1; SELECT", "-- why\nSELECT", "/* /* */ SELECT",
            "CALL"),
        Expression,
        Source,
        Pick("", "", " WHERE true", " LIMIT 1", " LIMIT 2", " ORDER BY 1", " LIMIT 3", " GROUP BY ALL",
            " USING SAMPLE 3", " UNION ALL SELECT 1", ";", "; SELECT 2"),
        (begin, value, source, end) => $"{begin} {value} FROM {source}{end}");

    /// <summary>The text of a query of what an assistant sees; nearly all run.</summary>
    public static readonly Gen<string> Question = Gen.Select(
        Pick("*", "count(*)", "pump, count(*) AS rows", "DISTINCT pump", "COLUMNS(c -> c <> 'id')",
            "max(hash(COLUMNS(*)))"),
        Pick("boluses", "cgm_readings", "basal_deliveries", "alerts", "daily_totals", "pumps", "(FROM boluses LIMIT 5)",
            "boluses AS a JOIN cgm_readings AS b USING (timestamp)"),
        Pick("", "", " WHERE pump = 1", " WHERE pump IS NULL",
            " WHERE timestamp > TIMESTAMPTZ '2024-03-09 12:00:00+00'"),
        Pick("", " GROUP BY ALL", " LIMIT 3", " ORDER BY ALL", " UNION ALL BY NAME FROM own.notes"),
        (columns, source, condition, end) => $"SELECT {columns} FROM {source}{condition}{end}");

    /// <summary>A text that was a query, with a character changed.</summary>
    public static readonly Gen<string> Damaged = Gen.Select(
        Statement,
        Gen.Int[0, 60],
        Gen.Char,
        (text, place, character) => text.Length == 0
            ? text
            : text.Remove(place % text.Length, 1).Insert(place % text.Length, character.ToString()));

    /// <summary>The value of an argument: of every type that JSON has.</summary>
    public static readonly Gen<object?> Value = Gen.OneOf(
        Pick<object?>(
            null, "", "2024-03-01", "2024-03-10 08:00", "yesterday", "14d", "99999999d", "0001-01-01", "9999-12-31",
            "mg/dL", "week", 1, 0, -1, 2.5, 1e300, true, "SELECT 1", "FROM raw_events"),
        Gen.String.Select(text => (object?)text),
        Gen.Int.Select(number => (object?)number),
        Gen.Int.Array[0, 3].Select(list => (object?)list),
        Gen.Int.Select(number => (object?)new Dictionary<string, int> { ["since"] = number }));

    /// <summary>At most three arguments with some of these names.</summary>
    public static Gen<Dictionary<string, object?>> Arguments(IEnumerable<string> names) =>
        Gen.Select(Pick<string>([.. names]), Value).Array[0, 3].Select(given => given
            .DistinctBy(argument => argument.Item1)
            .ToDictionary(argument => argument.Item1, argument => argument.Item2));

    /// <summary>One of some values, each as often as it is listed.</summary>
    public static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(place => values[place]);

    /// <summary>Tables of somebody's own that name a pump wherever they can, as SQL.</summary>
    public static string OwnTables(string serial, string assignment) =>
        $"""
        CREATE SCHEMA IF NOT EXISTS own;
        CREATE TABLE own.notes AS
            SELECT TIMESTAMPTZ '2024-03-01 08:00:00+00' AS written, 'about {serial} and {assignment}' AS note,
                {serial}::BIGINT AS number, 12.5::DOUBLE AS weight, ['{serial}', 'b'] AS tags;
        CREATE TABLE own.pump_{serial} AS SELECT 1 AS one;
        CREATE VIEW own.everything AS SELECT * FROM raw_events;
        """;

    private static Gen<string> Nested(int depth)
    {
        var inner = depth == 0 ? Pick(Values) : Nested(depth - 1);
        return Gen.OneOf(
            Pick(Values),
            Gen.Select(Pick(Functions), inner, (name, value) => $"{name}({value})"),
            Gen.Select(
                inner, Pick("+", "||", "=", "AND", "LIKE", "IN", "->>", "IS"), inner,
                (left, sign, right) => $"({left} {sign} {right})"),
            Gen.Select(
                inner, Pick("INTEGER", "VARCHAR", "JSON", "BLOB", "mood", "INTEGER[]"),
                (value, type) => $"{value}::{type}"),
            inner.Select(value => $"(SELECT {value})"),
            inner.Select(value => $"CASE WHEN {value} THEN 1 END"),
            inner.Select(value => $"first({value}) OVER ()"));
    }
}
