using System.Text.Json;
using System.Text.RegularExpressions;

namespace TandemFetch.Engine.Assistant.Guard;

/// <summary>
/// Decides by its parsed tree whether a query may run. Everything that has a kind or a name must be on a list: kinds of
/// queries and expressions, functions, types, and the tables that the assistant sees.
/// </summary>
/// <param name="tables">The names that a query may read, as it writes them: <c>boluses</c>, <c>own.weights</c>.</param>
/// <param name="reserved">Names of DuckDB's own lists, which no part of a query may be called.</param>
internal sealed partial class QueryGuard(IReadOnlyCollection<string> tables, IReadOnlyCollection<string> reserved)
{
    /// <summary>The longest text of a query, characters.</summary>
    public const int LongestText = 20_000;

    private const string TableFunction = "TABLE_FUNCTION";

    private readonly HashSet<string> _tables = new(tables, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _reserved = new(reserved, StringComparer.OrdinalIgnoreCase);

    /// <summary>What keeps a query from being run, as a sentence; null if nothing does.</summary>
    /// <param name="serialized">What DuckDB's json_serialize_sql returns for the text.</param>
    public string? Objection(string serialized)
    {
        using var tree = JsonDocument.Parse(serialized, new JsonDocumentOptions { MaxDepth = int.MaxValue });
        if (tree.RootElement.GetProperty("error").GetBoolean())
        {
            return OfUnparsed(tree.RootElement);
        }

        var statements = tree.RootElement.GetProperty("statements");
        return statements.GetArrayLength() == 1
            ? Objection(statements[0])
            : $"A call runs one statement; these are {statements.GetArrayLength()}.";
    }

    private static string OfUnparsed(JsonElement error) => TextOf(error, "error_type") == "not implemented"
        ? "Only a SELECT can be run."
        : $"DuckDB cannot parse it: {TextOf(error, "error_message").TrimEnd('.')}.";

    private string? Objection(JsonElement statement)
    {
        var names = NamesOfParts(statement);
        if (names.FirstOrDefault(name => !PlainName().IsMatch(name) || _reserved.Contains(name)) is { } odd)
        {
            return $"A WITH cannot be called '{odd}'.";
        }

        // A stack instead of recursion: a query can be nested more deeply than the stack of a thread is.
        var nodes = new Stack<(JsonElement Node, bool IsInFrom)>([(statement, false)]);
        while (nodes.TryPop(out var next))
        {
            var (node, isInFrom) = next;
            if (node.ValueKind == JsonValueKind.Array)
            {
                foreach (var element in node.EnumerateArray())
                {
                    nodes.Push((element, false));
                }
            }
            else if (node.ValueKind == JsonValueKind.Object)
            {
                if (OfNode(node, isInFrom, names) is { } objection)
                {
                    return objection;
                }

                var isTableFunction = TextOf(node, "type") == TableFunction;
                foreach (var member in node.EnumerateObject())
                {
                    nodes.Push((member.Value, isTableFunction && member.NameEquals("function")));
                }
            }
        }

        return null;
    }

    private string? OfNode(JsonElement node, bool isInFrom, HashSet<string> parts)
    {
        var (expression, type) = (TextOf(node, "class"), TextOf(node, "type"));
        if (expression.Length > 0)
        {
            return !AllowedNames.Expressions.Contains(expression)
                ? $"It has a {Words(expression)}, which is not on the list of allowed expressions."
                : OfFunction(node, isInFrom);
        }

        if (node.TryGetProperty("type_info", out var details))
        {
            return OfType(TextOf(node, "id"), details);
        }

        return type switch
        {
            "" or "UNBOUND_TYPE_INFO" => null,
            _ when !AllowedNames.Nodes.Contains(type) => $"It has a {Words(type)}, which is not on the list of what "
                + "queries may have.",
            "BASE_TABLE" => OfTable(node, parts),
            _ => null,
        };
    }

    private string? OfTable(JsonElement table, HashSet<string> parts)
    {
        var (catalog, schema) = (TextOf(table, "catalog_name"), TextOf(table, "schema_name"));
        var name = TextOf(table, "table_name");
        var full = string.Join('.', new[] { catalog, schema, name }.Where(part => part.Length > 0));
        if (table.TryGetProperty("at_clause", out var at) && at.ValueKind != JsonValueKind.Null)
        {
            return "A table has no AT.";
        }

        var isVisible = catalog.Length == 0 && _tables.Contains(schema.Length > 0 ? $"{schema}.{name}" : name);
        var isPart = catalog.Length + schema.Length == 0 && parts.Contains(name);
        return isVisible || isPart ? null : $"There is no table '{full}' here. {Existing()}";
    }

    private string Existing() => $"The tables are: {string.Join(", ", _tables.Order(StringComparer.Ordinal))}.";

    private static string? OfFunction(JsonElement node, bool isInFrom)
    {
        if (!node.TryGetProperty("function_name", out _))
        {
            return null;
        }

        var name = TextOf(node, "function_name");
        var allowed = isInFrom ? AllowedNames.TableFunctions : AllowedNames.Functions;
        return allowed.Contains(name)
            ? OfSchema(node, name)
            : $"{name}() is not on the list of allowed functions{(isInFrom ? " after FROM" : "")}.";
    }

    // x.upper() is a function upper of a schema x, or else upper(x).
    private static string? OfSchema(JsonElement function, string name) =>
        TextOf(function, "catalog").Length == 0 && TextOf(function, "schema") is "" or "main"
            ? null
            : $"Write {name}(…) without anything before the name.";

    private static string? OfType(string id, JsonElement details)
    {
        if (id != "UNBOUND")
        {
            return AllowedNames.Types.Contains(id.Replace(' ', '_'))
                ? null
                : $"It has a value of the type {id}, which is not on the list of allowed types.";
        }

        var name = TextOf(details, "name");
        var isPlain = TextOf(details, "catalog").Length + TextOf(details, "schema").Length == 0;
        return isPlain && AllowedNames.Types.Contains(name) ? null : $"{name} is not on the list of allowed types.";
    }

    /// <summary>The names of a query's WITH parts, wherever they are.</summary>
    private static HashSet<string> NamesOfParts(JsonElement statement)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var nodes = new Stack<JsonElement>([statement]);
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
                foreach (var member in node.EnumerateObject())
                {
                    nodes.Push(member.Value);
                    if (member.NameEquals("cte_map"))
                    {
                        names.UnionWith(member.Value.GetProperty("map").EnumerateArray()
                            .Select(part => TextOf(part, "key")));
                    }
                }
            }
        }

        return names;
    }

    private static string Words(string kind) => kind.Replace('_', ' ');

    private static string TextOf(JsonElement node, string member) =>
        node.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString() ?? ""
            : "";

    [GeneratedRegex(@"\A[\p{L}_][\p{L}\p{N}_]*\z")]
    private static partial Regex PlainName();
}
