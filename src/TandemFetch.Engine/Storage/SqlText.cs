namespace TandemFetch.Engine.Storage;

/// <summary>Names and texts as SQL writes them.</summary>
internal static class SqlText
{
    /// <summary>A name of a table or column, whatever letters it has.</summary>
    public static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text where no parameter can stand.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
