using System.Globalization;
using Dapper;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Export;

/// <summary>
/// Builds the SQL for the rows of an export. Everything that a user typed is inserted as an escaped literal or as a
/// name that exists in the file.
/// </summary>
internal static class ExportQuery
{
    private static readonly string TableRows = SqlResource.Read("TandemFetch.Engine.Export.Statements.table_rows.sql");

    /// <summary>The columns of a request, without those by which its folders are made.</summary>
    /// <exception cref="DuckDB.NET.Data.DuckDBException">The query is wrong.</exception>
    public static IReadOnlyList<ExportColumn> Columns(
        TandemDatabase database, ExportRequest request, DatabaseTable? table)
    {
        if (table is not null)
        {
            return [.. ColumnsOf(request, table)];
        }

        // This bypasses the database's own translation of failures, because it is the query that failed.
        return [.. database.Connection
            .Query<(string Name, string Type)>(
                $"SELECT column_name, column_type FROM (DESCRIBE FROM {Source(request)})")
            .Select(column => new ExportColumn(column.Name, column.Type, $"t.{SqlText.Identifier(column.Name)}"))];
    }

    /// <summary>The zone of a row, as SQL: that of its pump, otherwise that of the session.</summary>
    public static string ZoneOf(DatabaseTable? table) => table is not null && HasPump(table)
        ? "coalesce(p.time_zone, current_setting('TimeZone'))"
        : "current_setting('TimeZone')";

    /// <summary>The rows of a request, with the columns by which its folders are made.</summary>
    public static string Of(
        TandemDatabase database, ExportRequest request, DatabaseTable? table, IEnumerable<ExportColumn> columns)
    {
        var values = columns.Select(column => $"{column.Sql} AS {SqlText.Identifier(column.Name)}");
        if (table is null)
        {
            return $"SELECT {string.Join(", ", values)} FROM {Source(request)} AS t";
        }

        var folders = PartitionColumns(request.PartitionBy).Select(column => $"{Folder(table, column)} AS {column}");
        return TableRows
            .Replace("{columns}", string.Join(", ", values.Concat(folders)), StringComparison.Ordinal)
            .Replace("{table}", SqlText.Table(table.Table), StringComparison.Ordinal)
            .Replace("{device}", DeviceOf(table), StringComparison.Ordinal)
            .Replace(
                "{conditions}",
                string.Join(" AND ", Conditions(database, request, table)),
                StringComparison.Ordinal);
    }

    /// <summary>The columns by which the folders are made, outermost first.</summary>
    public static IReadOnlyList<string> PartitionColumns(IReadOnlyList<ExportPartition> partitions) =>
        [.. partitions.SelectMany(FolderColumns).Distinct()];

    // The table function accepts one SELECT as text and nothing else, so nothing in it can break out of it.
    private static string Source(ExportRequest request) => $"query({SqlText.Literal(request.Query!)})";

    private static IEnumerable<ExportColumn> ColumnsOf(ExportRequest request, DatabaseTable table)
    {
        if (request.Columns.Count > 0)
        {
            return request.Columns.Select(name => Known(request, table, name));
        }

        var columns = table.Columns.Select(column => Column(request, table, column));
        return request.IsReadable && Serial(table) is { } serial ? columns.Prepend(serial) : columns;
    }

    private static bool HasPump(DatabaseTable table) =>
        table.Columns.Any(column => column.Name == "device_assignment_id");

    private static string DeviceOf(DatabaseTable table) => HasPump(table) ? "t.device_assignment_id" : "NULL";

    // The name of the pump of a row.
    private static string LabelOf(DatabaseTable table) => $"coalesce(p.serial_number, {DeviceOf(table)})";

    // The table of the pumps has it anyway.
    private static ExportColumn? Serial(DatabaseTable table) =>
        HasPump(table)
        && table.Columns.All(column => column.Name is not ("serial_number" or ReadableColumns.PumpSerial))
            ? new ExportColumn(ReadableColumns.PumpSerial, ExportColumn.Text, LabelOf(table))
            : null;

    // DuckDB's JSON writer turns numbers inside JSON values into doubles; what was received must stay unchanged, so it
    // is written as text.
    private static ExportColumn Column(ExportRequest request, DatabaseTable table, TableColumn column)
    {
        var value = $"t.{SqlText.Identifier(column.Name)}";
        var isAsReceived = table.Table is "raw_events" or "pump_settings" && column.Type == "JSON";
        return isAsReceived && request.Format == ExportFormat.Json
            ? new ExportColumn(column.Name, ExportColumn.Text, $"{value}::VARCHAR")
            : new ExportColumn(column.Name, column.Type, value);
    }

    private static ExportColumn Known(ExportRequest request, DatabaseTable table, string name)
    {
        var found = table.Columns.FirstOrDefault(
            column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (found is not null)
        {
            return Column(request, table, found);
        }

        return name.Equals(ReadableColumns.PumpSerial, StringComparison.OrdinalIgnoreCase)
            && Serial(table) is { } serial
            ? serial
            : throw new TandemException(
                ExportErrors.ColumnUnknown,
                TandemErrorKind.NotFound,
                $"The table {table.Table} has no column '{name}'. Its columns are: {string.Join(", ", table.Columns)}.",
                name);
    }

    private static IEnumerable<string> Conditions(TandemDatabase database, ExportRequest request, DatabaseTable table)
    {
        yield return "true";
        if (request.Since is { } since)
        {
            yield return $"{Time(table, since, ">=")}";
        }

        if (request.Until is { } until)
        {
            yield return $"{Time(table, until, "<")}";
        }

        if (request.PumpSerials.Count > 0)
        {
            PumpReader.Check(database, request.PumpSerials);
            yield return !HasPump(table)
                ? throw Missing(table, "-PumpSerial", "it does not show to which pump a row belongs")
                : $"{LabelOf(table)} IN ({string.Join(", ", request.PumpSerials.Select(SqlText.Literal))})";
        }
    }

    private static string Time(DatabaseTable table, DateTimeOffset time, string comparison)
    {
        var text = time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        return (TableTime.TrueTimeOf(table), TableTime.PumpTimeOf(table)) switch
        {
            ({ } column, _) => $"t.{column} {comparison} TIMESTAMPTZ '{text}+00'",
            (_, { } column) => $"t.{column} {comparison} timezone(coalesce(p.time_zone, 'UTC'), TIMESTAMPTZ '{text}+00')",
            _ => throw Missing(table, "-Since, -Until and -Last", "it has no time"),
        };
    }

    private static IEnumerable<string> FolderColumns(ExportPartition partition) => partition switch
    {
        ExportPartition.Year => ["year"],
        ExportPartition.Month => ["year", "month"],
        _ => ["pump"],
    };

    private static string Folder(DatabaseTable table, string column)
    {
        if (column == "pump")
        {
            return HasPump(table)
                ? LabelOf(table)
                : throw Missing(table, "-PartitionBy Pump", "it does not show to which pump a row belongs");
        }

        // True time on the pump's wall clock; if that cannot be known, what the pump showed.
        var local = (TableTime.TrueTimeOf(table), TableTime.PumpTimeOf(table)) switch
        {
            ({ } known, { } shown) => $"coalesce(timezone(coalesce(p.time_zone, 'UTC'), t.{known}), t.{shown})",
            ({ } known, null) => $"timezone(coalesce(p.time_zone, 'UTC'), t.{known})",
            (null, { } shown) => $"t.{shown}",
            _ => throw Missing(table, "-PartitionBy Year or Month", "it has no time"),
        };
        return $"{column}({local})";
    }

    private static TandemException Missing(DatabaseTable table, string parameter, string why) => new(
        ExportErrors.ColumnMissing,
        TandemErrorKind.InvalidArgument,
        $"{parameter} cannot be used with the table {table.Table}: {why}. Omit it, or use a query.",
        table.Table);
}
