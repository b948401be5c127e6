namespace TandemFetch.Engine.Storage;

/// <summary>Names and texts as SQL writes them.</summary>
internal static class SqlText
{
    private const string Bookkeeping = "bookkeeping.";

    /// <summary>A name of a table or column, whatever letters it has.</summary>
    public static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A table's name without that of its schema.</summary>
    public static string Unqualified(string table) => table[(table.LastIndexOf('.') + 1)..];

    /// <summary>
    /// The name of a table as <c>Get-TandemTable</c> gives it, with that of its schema where it is not <c>main</c>.
    /// </summary>
    public static string Table(string name) => IsBookkeeping(name)
        ? Bookkeeping + Identifier(name[Bookkeeping.Length..])
        : Identifier(name);

    /// <summary>Whether a table is one that the pipeline keeps for itself.</summary>
    public static bool IsBookkeeping(string table) => table.StartsWith(Bookkeeping, StringComparison.Ordinal);

    /// <summary>A text where no parameter can stand.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
