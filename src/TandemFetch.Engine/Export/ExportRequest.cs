using TandemFetch.Records;

namespace TandemFetch.Engine.Export;

/// <summary>What to write, and where: a table or a query.</summary>
public sealed record ExportRequest
{
    /// <summary>The table; null for a query.</summary>
    public string? Table { get; init; }

    /// <summary>One SELECT; null for a table.</summary>
    public string? Query { get; init; }

    /// <summary>The columns of the table, in this order; empty for all.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Full path of the file, or of the folder of a partitioned export.</summary>
    public required string Path { get; init; }

    /// <summary>The format.</summary>
    public ExportFormat Format { get; init; }

    /// <summary>What the folders represent, outermost first; empty for one file.</summary>
    public IReadOnlyList<ExportPartition> PartitionBy { get; init; } = [];

    /// <summary>The first moment to include; null for no limit. Tables only.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The first moment that is no longer included; null for no limit. Tables only.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only rows of pumps with these serial numbers; empty for all. Tables only.</summary>
    public IReadOnlyCollection<string> PumpSerials { get; init; } = [];

    /// <summary>
    /// Writes CSV for programs instead of people: every value as it is, without the columns that are added for
    /// spreadsheets.
    /// </summary>
    public bool Exact { get; init; }

    /// <summary>Whether the file is one that people open in a spreadsheet.</summary>
    internal bool IsReadable => Format == ExportFormat.Xlsx || (Format == ExportFormat.Csv && !Exact);

    /// <summary>Overwrites what is at the path.</summary>
    public bool Force { get; init; }
}
