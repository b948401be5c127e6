namespace TandemFetch.Engine.Storage;

/// <summary>Writes names and texts as SQL.</summary>
internal static class SqlText
{
    /// <summary>The schema with the tables that the pipeline keeps for itself.</summary>
    public const string BookkeepingSchema = "bookkeeping";

    private const string Bookkeeping = BookkeepingSchema + ".";

    /// <summary>The name of a table or column, whatever characters it contains.</summary>
    public static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The name of a table without its schema.</summary>
    public static string Unqualified(string table) => table[(table.LastIndexOf('.') + 1)..];

    /// <summary>
    /// The name of a table as <c>Get-TandemTable</c> shows it, with its schema if that is not <c>main</c>.
    /// </summary>
    public static string Table(string name) => IsBookkeeping(name)
        ? Bookkeeping + Identifier(name[Bookkeeping.Length..])
        : Identifier(name);

    /// <summary>Whether a table is one of the pipeline's own.</summary>
    public static bool IsBookkeeping(string table) => table.StartsWith(Bookkeeping, StringComparison.OrdinalIgnoreCase);

    /// <summary>A string literal, where no parameter is allowed.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
