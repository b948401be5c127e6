using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Export;
using TandemFetch.Engine.Reading;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>
/// Exports tables, or the rows of a query, to Parquet, CSV, JSON lines or an Excel workbook. A file gets its name only
/// when it is complete, and an existing file is not overwritten without <c>-Force</c>.
/// </summary>
[Cmdlet(VerbsData.Export, "TandemData", SupportsShouldProcess = true, DefaultParameterSetName = FromTable)]
[OutputType(typeof(ExportedData))]
public sealed class ExportTandemDataCommand : TimeRangeCommand
{
    private const string FromTable = "Table";
    private const string FromQuery = "Query";
    private const string OfAll = "Archive";

    private readonly List<string> _tables = [];
    private readonly List<string> _serials = [];
    private bool _isOfAllPumps;
    private bool _hasInput;

    /// <summary>
    /// Names of the tables, with wildcards. Several tables are written to a folder, one file each, or to one Excel
    /// workbook, one sheet each.
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

    /// <summary>
    /// Writes CSV for programs instead of spreadsheets: every value as it is, without a column for the pump, with the
    /// offset in the time itself, and without protection from text that looks like a formula.
    /// </summary>
    [Parameter]
    public SwitchParameter Exact { get; set; }

    /// <summary>Overwrites an existing file or folder.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => CheckTimeRange();

    // All tables have to be known before the first file is written.
    /// <inheritdoc/>
    protected override void Process()
    {
        _hasInput = true;
        _tables.AddRange(Table);
        _serials.AddRange(PumpSerial ?? []);
        _isOfAllPumps |= PumpSerial is null;
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (!_hasInput)
        {
            return;
        }

        PumpSerial = _isOfAllPumps ? null : [.. _serials.Distinct()];
        var path = ResolveTarget();
        CheckParameters(path);
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
            Exact = Exact || Archive,
            Force = Force,
        };
        var exporter = new DataExporter(database, WriteWarning);
        switch (ParameterSetName)
        {
            case FromQuery:
                Write(exporter, [request with { Query = Query }]);
                break;
            case OfAll:
                WriteToFolder(exporter, request, ArchiveTables.All);
                break;
            default:
                WriteTables(exporter, request);
                break;
        }
    }

    private void CheckParameters(string path)
    {
        if (ParameterSetName != FromTable && (Since is not null || Until is not null || Last is not null || PumpSerial is not null))
        {
            throw new TandemException(
                "ExportQueryConflict",
                TandemErrorKind.InvalidArgument,
                Archive
                    ? "-Since, -Until, -Last and -PumpSerial apply to tables. An archive contains everything."
                    : "-Since, -Until, -Last and -PumpSerial apply to tables. Write the condition in the query.");
        }

        if (Archive && Format == ExportFormat.Xlsx)
        {
            throw Conflict(
                "Import-TandemRawEvent does not read workbooks. Omit -Format, or specify Parquet, Csv or Json.");
        }

        if (Exact && (Format ?? ExportFileName.FormatOf(path)) == ExportFormat.Xlsx)
        {
            throw Conflict(
                "-Exact is for CSV; a workbook is always for people. Omit -Exact, or write Parquet, CSV or JSON lines.");
        }

        if (Archive && !NamesFolder && ExportFileName.IsLikeFile(path))
        {
            throw SeveralTables(path, "An archive consists of several files", "");
        }
    }

    private void WriteTables(DataExporter exporter, ExportRequest request)
    {
        var names = TableNames(exporter);
        if (names is [var only] && !NamesFolder && (IsNamed(only) || ExportFileName.IsLikeFile(request.Path)))
        {
            Write(exporter, [request with { Table = only }]);
        }
        else if (!NamesFolder && IsWorkbook(request.Path) && names.Count > 0)
        {
            Write(exporter, [.. names.Select(name => request with { Table = name })]);
        }
        else if (!NamesFolder && names.Count > 1 && ExportFileName.IsLikeFile(request.Path))
        {
            throw SeveralTables(
                request.Path,
                $"{names.Count:N0} tables do not fit into one file",
                " A workbook (.xlsx) holds several tables, each on a sheet of its own.");
        }
        else
        {
            WriteToFolder(exporter, request, names);
        }
    }

    private List<string> TableNames(DataExporter exporter) =>
    [
        .. _tables.SelectMany(name =>
        {
            var pattern = WildcardPattern.Get(name, NameWildcards);
            return WildcardPattern.ContainsWildcardCharacters(name)
                ? exporter.Tables.Select(table => table.Table).Where(pattern.IsMatch)
                : [name];
        }).Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Whether a table was typed as it is called, so that the path is that of its file.</summary>
    private bool IsNamed(string table) => !MyInvocation.ExpectingInput && _tables is [var typed] && typed == table;

    private bool IsWorkbook(string path) =>
        PartitionBy.Length == 0 && (Format ?? ExportFileName.FormatOf(path)) == ExportFormat.Xlsx;

    // A partitioned export of one table is the folder itself.
    private bool NamesFolder => PartitionBy.Length == 0
        && (Path.EndsWith('/') || Path.EndsWith(System.IO.Path.DirectorySeparatorChar) || Directory.Exists(ResolveTarget()));

    private void WriteToFolder(DataExporter exporter, ExportRequest request, IEnumerable<string> tables)
    {
        foreach (var table in tables)
        {
            var file = TableReader.UnqualifiedName(table)
                + (PartitionBy.Length > 0 ? "" : ExportFileName.ExtensionOf(Format ?? ExportFormat.Parquet));
            Write(exporter, [request with { Table = table, Path = System.IO.Path.Join(request.Path, file) }]);
        }
    }

    /// <summary>Writes one file, which holds several tables if it is a workbook.</summary>
    private void Write(DataExporter exporter, IReadOnlyList<ExportRequest> requests)
    {
        try
        {
            var path = requests[0].Path;
            var format = ExportFileName.Choose(path, Format, PartitionBy.Length > 0);
            var tables = requests.Select(request => request.Table).OfType<string>().ToList();
            var what = tables switch
            {
                [] => "the rows of the query",
                [var only] => $"table {only}",
                _ => $"tables {string.Join(", ", tables)}",
            };
            if (!ShouldProcess(path, $"Export {what} as {format}"))
            {
                return;
            }

            requests = [.. requests.Select(request => request with { Format = format })];
            foreach (var written in format == ExportFormat.Xlsx
                ? exporter.ExportWorkbook(requests, StopToken)
                : [exporter.Export(requests[0], StopToken)])
            {
                WriteInformation(
                    $"Exported {Quantity.Of(written.Rows, "row")} of {written.Table ?? "the query"} to '{written.Path}': "
                        + $"{written.Format}, {Quantity.Of(written.Bytes, "byte")}.",
                    ["TandemFetch"]);
                WriteObject(written);
            }
        }
        catch (TandemException failure)
        {
            WriteFailure(failure);
        }
    }

    private static TandemException SeveralTables(string path, string why, string otherwise) => new(
        ExportErrors.SeveralTables,
        TandemErrorKind.InvalidArgument,
        $"{why}, but '{System.IO.Path.GetFileName(path)}' is the name of one. Specify a folder, such as "
        + $"'{System.IO.Path.GetFileNameWithoutExtension(path)}/', and the format with -Format.{otherwise}",
        path);

    private static TandemException Conflict(string why) =>
        new(ExportErrors.FormatConflict, TandemErrorKind.InvalidArgument, why);

    private string ResolveTarget()
    {
        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path, out var provider, out _);
        return provider.Name == "FileSystem"
            ? System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path))
            : throw new TandemException(
                ExportErrors.PathInvalid, TandemErrorKind.InvalidArgument, $"'{Path}' is not a path in the file system. Specify the file with -Path.", Path);
    }
}
