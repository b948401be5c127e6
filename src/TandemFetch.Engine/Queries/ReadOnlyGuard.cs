using System.Text.Json;
using System.Text.RegularExpressions;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Queries;

/// <summary>
/// Decides by its parsed tree whether a text only reads. A read-only transaction is not enough: some table functions
/// change settings of the whole process, and can create and overwrite files. A table function that is not known to
/// only read is refused, whatever it is called.
/// </summary>
internal static partial class ReadOnlyGuard
{
    /// <summary>
    /// Table functions that only read: tables, files, DuckDB's own lists, and values made up on the spot. Those that
    /// run other text (<c>query</c>) are not among them, because that text is not in the tree.
    /// </summary>
    internal static readonly HashSet<string> Reading = new(StringComparer.OrdinalIgnoreCase)
    {
        // Values.
        "generate_series", "json_each", "json_tree", "range", "repeat", "repeat_row", "test_all_types", "unnest",

        // Tables of the file.
        "query_table", "seq_scan", "summary", "pragma_storage_info", "pragma_table_info", "pragma_show",

        // Other files.
        "glob", "parquet_bloom_probe", "parquet_file_metadata", "parquet_full_metadata", "parquet_kv_metadata",
        "parquet_metadata", "parquet_scan", "parquet_schema", "read_blob", "read_csv", "read_csv_auto", "read_json",
        "read_json_auto", "read_json_objects", "read_json_objects_auto", "read_ndjson", "read_ndjson_auto",
        "read_ndjson_objects", "read_parquet", "read_text", "sniff_csv",

        // DuckDB itself.
        "duckdb_approx_database_count", "duckdb_columns", "duckdb_connection_count", "duckdb_constraints",
        "duckdb_coordinate_systems", "duckdb_databases", "duckdb_dependencies", "duckdb_extensions",
        "duckdb_external_file_cache", "duckdb_functions", "duckdb_indexes", "duckdb_keywords", "duckdb_log_contexts",
        "duckdb_logs", "duckdb_memory", "duckdb_optimizers", "duckdb_prepared_statements", "duckdb_schemas",
        "duckdb_secret_types", "duckdb_secrets", "duckdb_sequences", "duckdb_settings", "duckdb_table_sample",
        "duckdb_tables", "duckdb_temporary_files", "duckdb_types", "duckdb_variables", "duckdb_views",
        "icu_calendar_names", "pg_timezone_names", "pragma_collations", "pragma_database_size",
        "pragma_metadata_info", "pragma_platform", "pragma_user_agent", "pragma_version", "sql_auto_complete",
        "which_secret",
    };

    /// <summary>
    /// What may precede a statement. DuckDB nests comments, and ends those of a line at either character; a text with a
    /// comment in a comment is not recognized.
    /// </summary>
    internal const string Blank = @"(?:\s|--[^\r\n]*[\r\n]|/\*(?:(?!/\*|\*/).)*\*/)*";

    /// <summary>Scalar functions that change something.</summary>
    internal static readonly HashSet<string> Changing = new(StringComparer.OrdinalIgnoreCase) { "nextval", "write_log" };

    /// <summary>What keeps a text from being run; null if it only reads, or if it cannot be parsed at all.</summary>
    public static string? Objection(TandemDatabase database, string text)
    {
        var explained = Explain().Match(text);
        using var tree = Parse(database, text[explained.Length..]);
        if (!IsRefused(tree, out var isParsed))
        {
            return Objection(database, tree.RootElement);
        }

        // What DuckDB cannot parse does not run, and its own message says why.
        if (explained.Success)
        {
            using var whole = Parse(database, text);
            IsRefused(whole, out isParsed);
        }

        if (!isParsed || ReadingPragma().IsMatch(text))
        {
            return null;
        }

        return PivotGuard.IsPivot(text)
            ? PivotGuard.Objection(database, text)
            : "It is not a SELECT, SHOW, DESCRIBE, SUMMARIZE or a single EXPLAIN.";
    }

    /// <summary>The error for a text that was not run.</summary>
    /// <param name="text">The text.</param>
    /// <param name="reason">What it could do.</param>
    public static TandemException Refused(string text, string reason) => new(
        QueryErrors.ReadOnly,
        TandemErrorKind.PermissionDenied,
        "The query could change the database, a setting or another file, so nothing was run. Without -AllowWrite, a query "
        + "can only read: SELECT, SHOW, DESCRIBE, SUMMARIZE and EXPLAIN (without ANALYZE, which runs what it explains). "
        + reason.Trim(),
        text);

    private static JsonDocument Parse(TandemDatabase database, string text) => JsonDocument.Parse(
        database.Scalar<string>("SELECT json_serialize_sql($text::VARCHAR)", new { text }),
        new JsonDocumentOptions { MaxDepth = int.MaxValue });

    /// <summary>Whether DuckDB has no tree for a text.</summary>
    /// <param name="tree">Its tree, or why there is none.</param>
    /// <param name="isParsed">Whether DuckDB can nevertheless parse, and so run, the text.</param>
    private static bool IsRefused(JsonDocument tree, out bool isParsed)
    {
        var isRefused = tree.RootElement.GetProperty("error").GetBoolean();
        isParsed = !isRefused || tree.RootElement.GetProperty("error_type").GetString() == "not implemented";
        return isRefused;
    }

    private static string? Objection(TandemDatabase database, JsonElement tree)
    {
        var nodes = new Stack<JsonElement>([tree]);
        while (nodes.TryPop(out var node))
        {
            if (node.ValueKind == JsonValueKind.Array)
            {
                foreach (var element in node.EnumerateArray())
                {
                    nodes.Push(element);
                }
            }
            else if (node.ValueKind == JsonValueKind.Object)
            {
                if (OfFunction(database, node) is { } objection)
                {
                    return objection;
                }

                foreach (var member in node.EnumerateObject())
                {
                    nodes.Push(member.Value);
                }
            }
        }

        return null;
    }

    private static string? OfFunction(TandemDatabase database, JsonElement node)
    {
        if (!node.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        return type.GetString() switch
        {
            "TABLE_FUNCTION" when NameOf(node.GetProperty("function")) is var name && !Reading.Contains(name)
                && !IsMacro(database, name) =>
                $"It is not known that {name}() only reads.",
            "FUNCTION" when NameOf(node) is var name && Changing.Contains(name) => $"{name}() changes something.",
            _ => null,
        };
    }

    // Like a view, it was stored in the file by somebody with write access.
    private static bool IsMacro(TandemDatabase database, string name) => database.Scalar<bool>(
        "SELECT count(*) > 0 FROM duckdb_functions() WHERE function_type = 'table_macro' AND function_name = lower($name)",
        new { name });

    private static string NameOf(JsonElement function) =>
        function.TryGetProperty("function_name", out var name) ? name.GetString() ?? "" : "";

    // These pragmas are another spelling of functions that list something.
    [GeneratedRegex(
        @"\A\s*PRAGMA\s+(?:collations|database_list|database_size|functions|metadata_info|platform|show|show_databases"
            + @"|show_tables|show_tables_expanded|storage_info|table_info|user_agent|version)\s*(?:\([^;]*\))?\s*;?\s*\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReadingPragma();

    // EXPLAIN ANALYZE runs what it explains, so it is not accepted, nor are other options than the format.
    [GeneratedRegex(
        @"\A" + Blank + @"EXPLAIN(?=\s|/\*|--)(?!" + Blank + @"\(?" + Blank + "ANALY[SZ]E)"
        + @"(?:\s*\(\s*FORMAT\s+\w+\s*\))?",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Explain();
}
