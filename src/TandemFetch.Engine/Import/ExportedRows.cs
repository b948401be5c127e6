using System.Buffers;
using System.Text;
using System.Text.Json;
using Dapper;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Import;

/// <summary>
/// Rows of <c>raw_events</c> as <c>Export-TandemData</c> wrote them: Parquet, CSV or JSON lines, read by DuckDB.
/// </summary>
internal sealed class ExportedRows : IEntryFile
{
    private const int RowsPerPage = 20_000;

    private static readonly string Rows = SqlResource.Read("TandemFetch.Engine.Import.Statements.exported_rows.sql");

    private static readonly string[] Columns =
    [
        "id", "device_assignment_id", "sequence_group", "sequence_number", "revision", "event_code", "pump_time",
        "raw_event_data", "envelope",
    ];

    private static readonly JsonWriterOptions AsReceived = new() { SkipValidation = true };

    private readonly TandemDatabase _database;
    private readonly string _path;
    private readonly string _source;
    private readonly ArrayBufferWriter<byte> _page = new();

    /// <summary>Inspects a file.</summary>
    public ExportedRows(TandemDatabase database, string path, ExportFormat format)
    {
        _database = database;
        _path = path;
        _source = SourceOf(path, format);

        // This bypasses the database's own translation of failures, because it is this file that may be damaged, not
        // the database.
        Devices = database.Connection.Query<string>(
            $"SELECT DISTINCT device_assignment_id FROM {_source} WHERE device_assignment_id IS NOT NULL ORDER BY 1").AsList();
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Devices { get; }

    /// <inheritdoc/>
    public IEnumerable<ReadOnlyMemory<byte>> Pages(string device, CancellationToken cancellationToken)
    {
        // The revisions of an entry must be read in order; all other entries can be in any order.
        return Pages(device, "revision::INTEGER = 0", cancellationToken).Concat(
            Pages(device, "revision::INTEGER > 0 ORDER BY revision::INTEGER, id::BIGINT", cancellationToken));
    }

    private IEnumerable<ReadOnlyMemory<byte>> Pages(
        string device, string revisions, CancellationToken cancellationToken)
    {
        var sql = Rows.Replace("{source}", _source, StringComparison.Ordinal)
            .Replace("{device}", SqlText.Literal(device), StringComparison.Ordinal)
            .Replace("{revisions}", revisions, StringComparison.Ordinal);
        using var session = _database.OpenSession();
        using var interrupt = session.InterruptOn(cancellationToken);
        using var rows = Read(() => ColumnReader.Streaming(session, sql));
        var count = 0;
        Begin();
        while (Read(rows.NextChunk))
        {
            for (var row = 0; row < rows.Count; row++)
            {
                Write(count++ == 0 ? "" : ",");
                WriteEntry(rows, row, device);
            }

            if (count >= RowsPerPage)
            {
                Write("]}");
                yield return _page.WrittenMemory;
                count = 0;
                Begin();
            }
        }

        if (count > 0)
        {
            Write("]}");
            yield return _page.WrittenMemory;
        }
    }

    /// <summary>A failure here concerns the file that is read, not the database that the reader assumes.</summary>
    private T Read<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (TandemException failure)
            when (failure.ErrorId is not (DatabaseErrors.OutOfMemory or DatabaseErrors.DiskFull))
        {
            throw new TandemException(
                ImportErrors.Unreadable,
                TandemErrorKind.InvalidData,
                $"'{_path}' could not be imported: it is damaged, or its columns are not those of raw_events. What was stored before is kept.",
                _path,
                failure);
        }
    }

    // The other columns of entries are numbers, times and JSON, which are the same in every CSV file.
    private static string SourceOf(string path, ExportFormat format)
    {
        var source = ExportedFile.Source(path, format, Columns);
        return format == ExportFormat.Csv
            ? $"(SELECT * REPLACE ({ExportedFile.AsWritten("device_assignment_id")} AS device_assignment_id) FROM {source})"
            : source;
    }

    private void Begin()
    {
        _page.ResetWrittenCount();
        Write("{\"events\":[");
    }

    /// <summary>
    /// The entry as it was received: its stored envelope if there is one, otherwise the canonical one.
    /// </summary>
    private void WriteEntry(ColumnReader rows, int row, string device)
    {
        var envelope = rows.Utf8(5, row).TrimEnd(" \t\r\n"u8);
        if (!envelope.IsEmpty)
        {
            _page.Write(envelope[..^1]);
        }
        else
        {
            var clock = Encoding.UTF8.GetString(rows.Utf8(3, row));
            using var writer = new Utf8JsonWriter(_page, AsReceived);
            writer.WriteStartObject();
            writer.WriteString("deviceAssignmentId", device);
            writer.WriteNumber("eventCode", rows.Int32(2, row));
            writer.WriteNumber("sequenceGroup", rows.Int64(0, row));
            writer.WriteNumber("sequenceNumber", rows.Int64(1, row));
            writer.WriteString("pumpDateTime", clock);
            writer.WriteString("estimatedDateTime", clock + "Z");
        }

        if (!rows.IsNull(4, row))
        {
            Write(",\"eventProperties\":");
            _page.Write(rows.Utf8(4, row));
        }

        Write("}");
    }

    private void Write(string text)
    {
        Encoding.UTF8.GetBytes(text, _page);
    }
}
