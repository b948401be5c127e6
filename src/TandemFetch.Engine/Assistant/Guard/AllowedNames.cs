using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Assistant.Guard;

/// <summary>
/// What a query may consist of, by the names in DuckDB's parsed tree. Whatever is on no list is refused, so that a
/// later version of DuckDB adds nothing by itself.
/// </summary>
internal static class AllowedNames
{
    /// <summary>
    /// Functions of values and groups. Not among them are those that make long values out of short ones, wait, raise
    /// errors, show settings or the text of other statements, run SQL in a string, or change the connection.
    /// </summary>
    public static HashSet<string> Functions { get; } = Read("functions");

    /// <summary>Functions in FROM: they make up values, and read nothing.</summary>
    public static HashSet<string> TableFunctions { get; } =
        new(StringComparer.OrdinalIgnoreCase) { "generate_series", "range", "unnest" };

    /// <summary>Kinds of queries and of what follows FROM, and other parts that have a type but no class.</summary>
    public static HashSet<string> Nodes { get; } = Read("nodes");

    /// <summary>Classes of expressions.</summary>
    public static HashSet<string> Expressions { get; } = Read("expressions");

    /// <summary>Types of values and columns.</summary>
    public static HashSet<string> Types { get; } = Read("types");

    // One group of names a line; -- begins a comment, as in SQL.
    private static HashSet<string> Read(string list) => new(
        SqlResource.Read($"{typeof(AllowedNames).Namespace}.{list}.txt")
            .Split('\n')
            .Where(line => !line.StartsWith("--", StringComparison.Ordinal))
            .SelectMany(line => line.Split(
                ' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        StringComparer.OrdinalIgnoreCase);
}
