using System.Globalization;

namespace TandemFetch.Engine.Storage;

/// <summary>Writes names and texts as SQL.</summary>
internal static class SqlText
{
    /// <summary>The schema with the tables that the pipeline keeps for itself.</summary>
    public const string BookkeepingSchema = "bookkeeping";

    /// <summary>The schema with the tables that users have written with <c>Write-TandemTable</c>.</summary>
    public const string OwnSchema = "own";

    private const string Bookkeeping = BookkeepingSchema + ".";
    private const string Own = OwnSchema + ".";

    /// <summary>The name of a table or column, whatever characters it contains.</summary>
    public static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The name of a table without its schema.</summary>
    public static string Unqualified(string table) => table[(table.LastIndexOf('.') + 1)..];

    /// <summary>
    /// The name of a table as <c>Get-TandemTable</c> shows it, with its schema if that is not <c>main</c>.
    /// </summary>
    public static string Table(string name) => IsBookkeeping(name) ? Qualified(Bookkeeping, name)
        : IsOwn(name) ? Qualified(Own, name)
        : Identifier(name);

    /// <summary>Whether a table is one of the pipeline's own.</summary>
    public static bool IsBookkeeping(string table) => table.StartsWith(Bookkeeping, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a table is one that a user has written.</summary>
    public static bool IsOwn(string table) => table.StartsWith(Own, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// A whole number, the same in every language: the minus of Swedish and Persian is not that of SQL. The smallest one
    /// becomes the next, because SQL applies the minus to a number that would be too great.
    /// </summary>
    public static string Number(long number) =>
        Math.Max(number, long.MinValue + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>A string literal, where no parameter is allowed.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Qualified(string schema, string name) => schema + Identifier(name[schema.Length..]);
}
