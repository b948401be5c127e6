namespace TandemFetch.Engine.Export;

/// <summary>A column to be exported.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">Its type, as DuckDB writes it.</param>
/// <param name="Sql">Its value.</param>
internal sealed record ExportColumn(string Name, string Type, string Sql)
{
    /// <summary>The type of a moment.</summary>
    public const string Moment = "TIMESTAMP WITH TIME ZONE";

    /// <summary>The type of a time without a zone.</summary>
    public const string WallClock = "TIMESTAMP";

    /// <summary>The type of text.</summary>
    public const string Text = "VARCHAR";

    /// <summary>The type without the parts in parentheses: <c>DECIMAL</c> for <c>DECIMAL(18,3)</c>.</summary>
    public string TypeName => Type.EndsWith(')') ? Type[..Type.IndexOf('(', StringComparison.Ordinal)] : Type;
}
