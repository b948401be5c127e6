namespace TandemFetch.Records;

/// <summary>A column of a table.</summary>
public sealed record TableColumn
{
    /// <summary>The column's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its DuckDB type, such as <c>DECIMAL(7,3)</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>Whether it can be null.</summary>
    public bool IsNullable { get; init; }

    /// <summary>What it contains, with its unit; null if there is no comment.</summary>
    public string? Description { get; init; }

    /// <summary>The column's name.</summary>
    public override string ToString() => Name;
}
