namespace TandemFetch.Records;

/// <summary>A call of an assistant, as the audit file has it: what was asked, and none of the data.</summary>
public sealed record AssistantCall
{
    /// <summary>When it began.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The tool, or the resource that was read.</summary>
    public string Tool { get; init; } = "";

    /// <summary>The SQL of a query; null for other tools.</summary>
    public string? Sql { get; init; }

    /// <summary>The arguments as JSON, without the SQL; null if there are none.</summary>
    public string? Arguments { get; init; }

    /// <summary>How many rows or entries it returned; null if it failed.</summary>
    public int? Rows { get; init; }

    /// <summary>How long it took, milliseconds.</summary>
    public long Milliseconds { get; init; }

    /// <summary><c>Completed</c>, <c>Cancelled</c>, or the id of the error.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>The file that was read.</summary>
    public string Database { get; init; } = "";
}
