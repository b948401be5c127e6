using Dapper;
using DuckDB.NET.Data;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Queries;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Export;

/// <summary>
/// Writes tables and queries to files that other programs read. DuckDB does this directly from its own storage.
/// </summary>
public sealed class DataExporter
{
    private readonly TandemDatabase _database;
    private readonly Lazy<IReadOnlyList<DatabaseTable>> _tables;

    /// <summary>
    /// Prepares a file for exports: times as text are in the pump's zone if all pumps have the same one, otherwise in
    /// UTC.
    /// </summary>
    /// <param name="database">A file that is open for reading.</param>
    public DataExporter(TandemDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        _database = database;
        _tables = new(() => TableReader.Describe(database, all: true));
        database.Execute($"SET SESSION TimeZone = '{(ZoneTable.Common(database) ?? ZoneOffsets.Utc).Name}'");
    }

    /// <summary>The tables of the file that contain data of pumps.</summary>
    public IEnumerable<DatabaseTable> Tables => _tables.Value.Where(table => !SqlText.IsBookkeeping(table.Table));

    /// <summary>The format that a file name implies.</summary>
    /// <exception cref="TandemException"><see cref="ExportErrors.FormatUnknown"/>.</exception>
    public static ExportFormat FormatOf(string path)
    {
        var name = IsZipped(path) ? Path.GetFileNameWithoutExtension(path) : path;
        return Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".PARQUET" or ".PQ" => ExportFormat.Parquet,
            ".CSV" => ExportFormat.Csv,
            ".JSON" or ".JSONL" or ".NDJSON" => ExportFormat.Json,
            _ => throw new TandemException(
                ExportErrors.FormatUnknown,
                TandemErrorKind.InvalidArgument,
                $"Which format should '{Path.GetFileName(path)}' have? Specify -Format Parquet, Csv or Json, or use the extension .parquet, .csv or .jsonl.",
                path),
        };
    }

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
        var table = request.Table is { } name ? Find(name) : null;
        if (request.PartitionBy.Count > 0 && request.Format != ExportFormat.Parquet)
        {
            throw new TandemException(
                ExportErrors.PartitionNeedsParquet,
                TandemErrorKind.InvalidArgument,
                "-PartitionBy creates a folder of Parquet files. Omit -Format, or omit -PartitionBy to write one file.",
                request.Path);
        }

        if (request.Query is { } text && ReadOnlyGuard.Objection(_database, text) is { } objection)
        {
            throw ReadOnlyGuard.Refused(text, objection);
        }

        var query = ExportQuery.Of(_database, request, table);
        try
        {
            using var target = ExportTarget.Prepare(request, _database.Path);
            var rows = Copy(query, target.PartialPath, request, cancellationToken);
            var files = target.Complete();
            return new ExportedData
            {
                Path = request.Path,
                Table = table?.Table,
                Format = request.Format,
                Rows = rows,
                Bytes = files.Sum(file => file.Length),
                Files = files.Count,
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(request, error);
        }
    }

    private DatabaseTable Find(string name) =>
        _tables.Value.FirstOrDefault(table => table.Table.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw TableReader.UnknownTable(name, Tables);

    private long Copy(string query, string path, ExportRequest request, CancellationToken cancellationToken)
    {
        using var transaction = new ReadTransaction(_database);
        using var interrupt = _database.InterruptOn(cancellationToken);
        try
        {
            // This bypasses the database's own translation of failures, because it is the export that failed, not the
            // database.
            return _database.Connection.Execute($"COPY ({query}) TO {SqlText.Literal(path)} ({Options(request)})");
        }
        catch (DuckDBException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failed(request, error);
        }
    }

    private static string Options(ExportRequest request)
    {
        // A file has a temporary name already, and rights that a temporary file of DuckDB would not have.
        var target = request.PartitionBy.Count > 0
            ? $"PARTITION_BY ({string.Join(", ", ExportQuery.PartitionColumns(request.PartitionBy))})"
            : "USE_TMP_FILE false";
        var zip = IsZipped(request.Path) ? ", COMPRESSION gzip" : "";
        return request.Format switch
        {
            ExportFormat.Parquet => $"FORMAT parquet, COMPRESSION zstd, {target}",
            ExportFormat.Csv => $"FORMAT csv, HEADER true, {target}{zip}",
            _ => $"FORMAT json, {target}{zip}",
        };
    }

    /// <summary>Whether a file name is that of a compressed file.</summary>
    internal static bool IsZipped(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static TandemException Failed(ExportRequest request, Exception error)
    {
        var ofQuery = request.Query is not null && error is DuckDBException && !error.Message.StartsWith("IO Error", StringComparison.Ordinal);
        return ofQuery
            ? new TandemException(QueryErrors.Failed, TandemErrorKind.InvalidArgument, $"The query failed. {error.Message.Trim()}", request.Query, error)
            : new TandemException(
                ExportErrors.Failed,
                error is UnauthorizedAccessException ? TandemErrorKind.PermissionDenied : TandemErrorKind.ResourceUnavailable,
                $"'{request.Path}' could not be written: {error.Message.Split('\n')[0]} What was there before has been kept.",
                request.Path,
                error);
    }
}
