using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Export;
using TandemFetch.Engine.Reading;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>
/// Exports tables, or the rows of a query, to Parquet, CSV or JSON lines. A file gets its name only when it is
/// complete, and an existing file is not overwritten without <c>-Force</c>.
/// </summary>
[Cmdlet(VerbsData.Export, "TandemData", SupportsShouldProcess = true, DefaultParameterSetName = FromTable)]
[OutputType(typeof(ExportedData))]
public sealed class ExportTandemDataCommand : TimeRangeCommand
{
    private const string FromTable = "Table";
    private const string FromQuery = "Query";
    private const string OfAll = "Archive";

    /// <summary>
    /// Names of the tables, with wildcards. Several tables, or tables from the pipeline, are written to a folder, one
    /// file each.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = FromTable)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TableCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Table { get; set; } = [];

    /// <summary>The SELECT statement whose rows are written. Write it in single quotes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromQuery)]
    [ValidateNotNullOrEmpty]
    public string Query { get; set; } = "";

    /// <summary>
    /// Writes everything that was received into the folder. <c>Import-TandemRawEvent</c> creates the same tables from
    /// that folder.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = OfAll)]
    public SwitchParameter Archive { get; set; }

    /// <summary>The columns to write, in this order; all columns by default.</summary>
    [Parameter(ParameterSetName = FromTable)]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Column { get; set; } = [];

    /// <summary>
    /// Path of the file to write. In an existing folder, or if the path ends in a separator, the file is named after
    /// the table. With <c>-PartitionBy</c> or <c>-Archive</c>, it is the folder to create.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = FromTable)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = FromQuery)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = OfAll)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>
    /// The file format. By default, the extension of the path determines it; for folders it is Parquet.
    /// </summary>
    [Parameter]
    public ExportFormat? Format { get; set; }

    /// <summary>
    /// Creates a folder with one or more Parquet files per year, month or pump, such as <c>year=2026/month=4</c>, which
    /// DuckDB, Spark, Trino and Athena read directly. Years and months are those of the pump's zone.
    /// </summary>
    [Parameter(ParameterSetName = FromTable)]
    [ValidateNotNullOrEmpty]
    public ExportPartition[] PartitionBy { get; set; } = [];

    /// <summary>Overwrites an existing file or folder.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        CheckTimeRange();
        var path = ResolveTarget();
        if (ParameterSetName != FromTable && (Since is not null || Until is not null || Last is not null || PumpSerial is not null))
        {
            throw new TandemException(
                "ExportQueryConflict",
                TandemErrorKind.InvalidArgument,
                Archive
                    ? "-Since, -Until, -Last and -PumpSerial apply to tables. An archive contains everything."
                    : "-Since, -Until, -Last and -PumpSerial apply to tables. Write the condition in the query.");
        }

        using var database = OpenDerived();
        var filter = ResolveFilter(database);
        var request = new ExportRequest
        {
            Path = path,
            Columns = Column,
            PartitionBy = PartitionBy,
            Since = filter.Since,
            Until = filter.Until,
            PumpSerials = filter.PumpSerials,
            Force = Force,
        };
        var exporter = new DataExporter(database);
        var requests = ParameterSetName switch
        {
            FromQuery => [request with { Query = Query }],
            OfAll => ArchiveTables.All.Select(name =>
                request with { Table = name, Path = System.IO.Path.Join(path, FileName(name)) }),
            _ => OfTables(request, exporter),
        };
        foreach (var one in requests)
        {
            Write(exporter, one);
        }
    }

    private IEnumerable<ExportRequest> OfTables(ExportRequest request, DataExporter exporter)
    {
        var isOne = !MyInvocation.ExpectingInput && Table is [var only] && !WildcardPattern.ContainsWildcardCharacters(only);
        var names = Table.SelectMany(name =>
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            return WildcardPattern.ContainsWildcardCharacters(name)
                ? exporter.Tables.Select(table => table.Table).Where(pattern.IsMatch)
                : [name];
        });
        return names.Distinct(StringComparer.OrdinalIgnoreCase).Select(name =>
            request with { Table = name, Path = isOne && !NamesFolder ? request.Path : System.IO.Path.Join(request.Path, FileName(name)) });
    }

    // A partitioned export of one table is the folder itself.
    private bool NamesFolder => PartitionBy.Length == 0
        && (Path.EndsWith('/') || Path.EndsWith(System.IO.Path.DirectorySeparatorChar) || Directory.Exists(ResolveTarget()));

    private string FileName(string table) => TableReader.UnqualifiedName(table) + (PartitionBy.Length > 0 ? "" : Format switch
    {
        ExportFormat.Csv => ".csv",
        ExportFormat.Json => ".jsonl",
        _ => ".parquet",
    });

    private void Write(DataExporter exporter, ExportRequest request)
    {
        try
        {
            var format = Format ?? (PartitionBy.Length > 0 ? ExportFormat.Parquet : DataExporter.FormatOf(request.Path));
            if (!ShouldProcess(request.Path, $"Export {(request.Table is { } table ? $"table {table}" : "the rows of the query")} as {format}"))
            {
                return;
            }

            var written = exporter.Export(request with { Format = format }, StopToken);
            WriteInformation(
                $"Exported {written.Rows:N0} rows of {written.Table ?? "the query"} to '{written.Path}': {written.Format}, {written.Bytes:N0} bytes.",
                ["TandemFetch"]);
            WriteObject(written);
        }
        catch (TandemException failure)
        {
            WriteFailure(failure);
        }
    }

    private string ResolveTarget()
    {
        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path, out var provider, out _);
        return provider.Name == "FileSystem"
            ? System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path))
            : throw new TandemException(
                ExportErrors.PathInvalid, TandemErrorKind.InvalidArgument, $"'{Path}' is not a path in the file system. Specify the file with -Path.", Path);
    }
}
