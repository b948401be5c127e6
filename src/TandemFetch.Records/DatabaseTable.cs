namespace TandemFetch.Records;

/// <summary>A table of the database.</summary>
public sealed record DatabaseTable
{
    /// <summary>The table's name.</summary>
    public string Table { get; init; } = "";

    /// <summary>How many rows it has.</summary>
    public long Rows { get; init; }

    /// <summary>
    /// The earliest true time in it, in the pump's zone if all pumps have the same zone, otherwise UTC; null if it has
    /// no true time.
    /// </summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The latest true time in it.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>The earliest time by the pump's own wall clock; null if it has none.</summary>
    public DateTime? FirstPumpTime { get; init; }

    /// <summary>The latest time by the pump's own wall clock.</summary>
    public DateTime? LastPumpTime { get; init; }

    /// <summary>What a row represents; null if there is no comment.</summary>
    public string? Description { get; init; }

    /// <summary>Its columns, in order.</summary>
    public IReadOnlyList<TableColumn> Columns
    {
        get;
        init => field = new RecordList<TableColumn>(value);
    } = RecordList<TableColumn>.Empty;

    /// <summary>The table's name.</summary>
    public override string ToString() => Table;
}
