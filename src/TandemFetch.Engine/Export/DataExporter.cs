using System.IO.Compression;
using Dapper;
using DuckDB.NET.Data;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Queries;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Export;

/// <summary>
/// Writes tables and queries to files that other programs read. DuckDB does this directly from its own storage, except
/// for workbooks.
/// </summary>
public sealed class DataExporter
{
    private readonly TandemDatabase _database;
    private readonly Lazy<IReadOnlyList<DatabaseTable>> _tables;
    private readonly Action<string> _warn;

    /// <summary>
    /// Prepares a file for exports: times as text are in the pump's zone if all pumps have the same one, otherwise in
    /// UTC.
    /// </summary>
    /// <param name="database">A file that is open for reading.</param>
    /// <param name="warn">Receives warnings.</param>
    public DataExporter(TandemDatabase database, Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        _database = database;
        _warn = warn ?? (_ => { });
        _tables = new(() => TableReader.Describe(database, all: true));
        ZoneTable.UseCommon(database);
    }

    /// <summary>The tables of the file that contain data of pumps.</summary>
    public IEnumerable<DatabaseTable> Tables => _tables.Value.Where(table => !SqlText.IsBookkeeping(table.Table));

    /// <summary>Writes one table or query.</summary>
    /// <param name="request">What to write, and where.</param>
    /// <param name="cancellationToken">Interrupts DuckDB; no partial file remains.</param>
    /// <exception cref="TandemException">
    /// One of <see cref="ExportErrors"/>, <see cref="TableReader.Unknown"/>, <see cref="QueryErrors.Failed"/> or
    /// <c>PumpUnknown</c>.
    /// </exception>
    public ExportedData Export(ExportRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Format == ExportFormat.Xlsx)
        {
            return ExportWorkbook([request], cancellationToken)[0];
        }

        var table = Check(request);
        return Write(request, cancellationToken, target =>
        {
            var rows = Copy(request, table, target, cancellationToken);
            return [Describe(request, table, rows, target.Complete())];
        })[0];
    }

    /// <summary>Writes tables to one workbook, each to a sheet of its own.</summary>
    /// <param name="requests">What to write; all have the same path.</param>
    /// <param name="cancellationToken">Interrupts DuckDB; no partial file remains.</param>
    /// <exception cref="TandemException">As <see cref="Export"/>.</exception>
    public IReadOnlyList<ExportedData> ExportWorkbook(
        IReadOnlyList<ExportRequest> requests, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var tables = requests.Select(request => (Request: request, Table: Check(request))).ToList();
        return Write(requests[0], cancellationToken, target =>
        {
            var rows = WriteSheets(tables, target.PartialPath, cancellationToken).GetAwaiter().GetResult();
            var files = target.Complete();
            return [.. tables.Zip(rows, (sheet, count) => Describe(sheet.Request, sheet.Table, count, files))];
        });
    }

    private DatabaseTable? Check(ExportRequest request)
    {
        var table = request.Table is { } name ? Find(name) : null;
        if (request.PartitionBy.Count > 0 && request.Format != ExportFormat.Parquet)
        {
            throw new TandemException(
                ExportErrors.PartitionNeedsParquet,
                TandemErrorKind.InvalidArgument,
                "-PartitionBy creates a folder of Parquet files. Omit -Format, or omit -PartitionBy to write one file.",
                request.Path);
        }

        return request.Query is { } text && ReadOnlyGuard.Objection(_database, text) is { } objection
            ? throw ReadOnlyGuard.Refused(text, objection)
            : table;
    }

    private IReadOnlyList<ExportedData> Write(
        ExportRequest request,
        CancellationToken cancellationToken,
        Func<ExportTarget, IReadOnlyList<ExportedData>> write)
    {
        try
        {
            using var target = ExportTarget.Prepare(request, _database.Path);
            return write(target);
        }
        catch (DuckDBException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failed(request, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(request, error);
        }
    }

    private static ExportedData Describe(
        ExportRequest request, DatabaseTable? table, long rows, IReadOnlyList<FileInfo> files) => new()
        {
            Path = request.Path,
            Table = table?.Table,
            Format = request.Format,
            Rows = rows,
            Bytes = files.Sum(file => file.Length),
            Files = files.Count,
        };

    private DatabaseTable Find(string name) =>
        _tables.Value.FirstOrDefault(table => table.Table.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw TableReader.UnknownTable(name, Tables);

    /// <summary>
    /// Writes a table to a Parquet file within a limit of memory, with which it takes no longer; if that does not
    /// suffice, again with the memory of queries.
    /// </summary>
    private long Copy(
        ExportRequest request, DatabaseTable? table, ExportTarget target, CancellationToken cancellationToken)
    {
        if (table is null || request.Format != ExportFormat.Parquet || request.PartitionBy.Count > 0)
        {
            return CopyOnce(request, table, target, cancellationToken);
        }

        using var limit = _database.LimitMemory(MemoryLimit.OfExports);
        try
        {
            return CopyOnce(request, table, target, cancellationToken);
        }
        catch (DuckDBException error) when (DatabaseFailure.IsLackOfMemory(error.Message))
        {
            limit.Dispose();
            return CopyOnce(request, table, target, cancellationToken);
        }
    }

    private long CopyOnce(
        ExportRequest request, DatabaseTable? table, ExportTarget target, CancellationToken cancellationToken)
    {
        using var transaction = new ReadTransaction(_database);
        using var interrupt = _database.InterruptOn(cancellationToken);
        var columns = ExportQuery.Columns(_database, request, table);
        if (request.IsReadable)
        {
            var isImported = table is not null && ArchiveTables.All.Contains(table.Table);
            columns = ReadableColumns.OfCsv(columns, ExportQuery.ZoneOf(table), isImported);
        }

        var needsDraft = request.Format == ExportFormat.Json && columns.Any(FiniteJson.Concerns);
        var query = ExportQuery.Of(_database, request, table, columns);
        var path = SqlText.Literal(needsDraft ? target.DraftPath : target.PartialPath);
        if (needsDraft)
        {
            OwnerOnly.CreateFile(target.DraftPath).Dispose();
        }

        // This bypasses the database's own translation of failures, because it is the export that failed, not the
        // database.
        var rows = _database.Connection.Execute($"COPY ({query}) TO {path} ({Options(request, needsDraft)})");
        if (needsDraft)
        {
            MakeFinite(target, ExportFileName.IsZipped(request.Path), cancellationToken);
        }

        return rows;
    }

    private static void MakeFinite(ExportTarget target, bool isZipped, CancellationToken cancellationToken)
    {
        using var draft = File.OpenRead(target.DraftPath);
        using var file = new FileStream(target.PartialPath, FileMode.Truncate, FileAccess.Write);
        using var lines = isZipped ? new GZipStream(file, CompressionLevel.Optimal) : (Stream)new BufferedStream(file);
        new FiniteJson(lines).Copy(draft, cancellationToken);
    }

    private async Task<IReadOnlyList<long>> WriteSheets(
        IEnumerable<(ExportRequest Request, DatabaseTable? Table)> tables,
        string path,
        CancellationToken cancellationToken)
    {
        using var transaction = new ReadTransaction(_database);
        using var interrupt = _database.InterruptOn(cancellationToken);
        var file = new FileStream(path, FileMode.Truncate, FileAccess.Write);
        await using var closing = file.ConfigureAwait(false);
        var workbook = await Workbook.StartAsync(file, cancellationToken).ConfigureAwait(false);
        await using var finishing = workbook.ConfigureAwait(false);
        var rows = new List<long>();
        foreach (var (request, table) in tables)
        {
            rows.Add(await WriteSheet(workbook, request, table, cancellationToken).ConfigureAwait(false));
        }

        await workbook.CompleteAsync(cancellationToken).ConfigureAwait(false);
        return rows;
    }

    private async Task<long> WriteSheet(
        Workbook workbook, ExportRequest request, DatabaseTable? table, CancellationToken cancellationToken)
    {
        var name = table?.Table ?? "Query";
        var columns = ReadableColumns.OfSheet(
            ExportQuery.Columns(_database, request, table), ExportQuery.ZoneOf(table));
        try
        {
            var (rows, cutTexts) = await workbook.AddAsync(
                _database,
                name,
                columns,
                values => ExportQuery.Of(_database, request, table, values),
                cancellationToken).ConfigureAwait(false);
            if (cutTexts > 0)
            {
                _warn($"{name}: {Quantity.Of(cutTexts, "text is", "texts are")} cut off, because a cell of "
                    + $"a workbook holds at most {ExcelText.Longest:N0} characters. Other formats have all of it.");
            }

            return rows;
        }
        catch (TandemException failure) when (failure.ErrorId == DatabaseErrors.Failed && request.Query is not null)
        {
            throw new TandemException(
                QueryErrors.Failed,
                TandemErrorKind.InvalidArgument,
                $"The query failed. {failure.Message}",
                request.Query,
                failure);
        }
    }

    private static string Options(ExportRequest request, bool isDraft)
    {
        // A file has a temporary name already, and rights that a temporary file of DuckDB would not have.
        var target = request.PartitionBy.Count > 0
            ? $"PARTITION_BY ({string.Join(", ", ExportQuery.PartitionColumns(request.PartitionBy))})"
            : "USE_TMP_FILE false";
        var zip = ExportFileName.IsZipped(request.Path) && !isDraft ? ", COMPRESSION gzip" : "";
        return request.Format switch
        {
            ExportFormat.Parquet => $"FORMAT parquet, COMPRESSION zstd, {target}",
            ExportFormat.Csv => $"FORMAT csv, HEADER true, {target}{zip}",
            _ => $"FORMAT json, {target}{zip}",
        };
    }

    private static TandemException Failed(ExportRequest request, Exception error)
    {
        var ofQuery = request.Query is not null && error is DuckDBException && !error.Message.StartsWith("IO Error", StringComparison.Ordinal);
        return ofQuery
            ? new TandemException(QueryErrors.Failed, TandemErrorKind.InvalidArgument, $"The query failed. {error.Message.Trim()}", request.Query, error)
            : new TandemException(
                ExportErrors.Failed,
                error is UnauthorizedAccessException ? TandemErrorKind.PermissionDenied : TandemErrorKind.ResourceUnavailable,
                $"'{request.Path}' could not be written: {Sentence.Of(error)} What was there before has been kept.",
                request.Path,
                error);
    }
}
