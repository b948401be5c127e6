using System.Globalization;
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

    /// <summary>The rows of a request, with the columns by which its folders are made.</summary>
    public static string Of(TandemDatabase database, ExportRequest request, DatabaseTable? table) =>
        // The table function accepts one SELECT as text and nothing else, so nothing in it can break out of it.
        table is null ? $"FROM query({SqlText.Literal(request.Query!)})" : OfTable(database, request, table);

    /// <summary>The columns by which the folders are made, outermost first.</summary>
    public static IReadOnlyList<string> PartitionColumns(IReadOnlyList<ExportPartition> partitions) =>
        [.. partitions.SelectMany(ColumnsOf).Distinct()];

    private static string OfTable(TandemDatabase database, ExportRequest request, DatabaseTable table)
    {
        var device = table.Columns.Any(column => column.Name == "device_assignment_id") ? "t.device_assignment_id" : "NULL";
        return TableRows
            .Replace("{columns}", string.Join(", ", Columns(request, table, device)), StringComparison.Ordinal)
            .Replace("{table}", SqlText.Table(table.Table), StringComparison.Ordinal)
            .Replace("{device}", device, StringComparison.Ordinal)
            .Replace("{conditions}", string.Join(" AND ", Conditions(database, request, table, device)), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Columns(ExportRequest request, DatabaseTable table, string device)
    {
        var columns = request.Columns.Count == 0
            ? table.Columns.Select(column => column.Name)
            : request.Columns.Select(name => Known(table, name));
        var folders = PartitionColumns(request.PartitionBy).Select(column => $"{Folder(table, column, device)} AS {column}");
        return columns.Select(name => Column(request, table, name)).Concat(folders);
    }

    // DuckDB's JSON writer turns numbers inside JSON values into doubles; what was received must stay unchanged, so it
    // is written as text.
    private static string Column(ExportRequest request, DatabaseTable table, string name)
    {
        var column = SqlText.Identifier(name);
        var isAsReceived = table.Table is "raw_events" or "pump_settings" && table.Columns.First(found => found.Name == name).Type == "JSON";
        return isAsReceived && request.Format == ExportFormat.Json ? $"t.{column}::VARCHAR AS {column}" : $"t.{column}";
    }

    private static string Known(DatabaseTable table, string name) =>
        table.Columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Name
        ?? throw new TandemException(
            ExportErrors.ColumnUnknown,
            TandemErrorKind.NotFound,
            $"The table {table.Table} has no column '{name}'. Its columns are: {string.Join(", ", table.Columns)}.",
            name);

    private static IEnumerable<string> Conditions(TandemDatabase database, ExportRequest request, DatabaseTable table, string device)
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
            PumpSerials.Check(request.PumpSerials, PumpReader.Read(database, []).Select(pump => pump.PumpSerial!));
            yield return device == "NULL"
                ? throw Missing(table, "-PumpSerial", "it does not show to which pump a row belongs")
                : $"coalesce(p.serial_number, p.device_assignment_id) IN ({string.Join(", ", request.PumpSerials.Select(SqlText.Literal))})";
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

    private static IEnumerable<string> ColumnsOf(ExportPartition partition) => partition switch
    {
        ExportPartition.Year => ["year"],
        ExportPartition.Month => ["year", "month"],
        _ => ["pump"],
    };

    private static string Folder(DatabaseTable table, string column, string device)
    {
        if (column == "pump")
        {
            return device == "NULL"
                ? throw Missing(table, "-PartitionBy Pump", "it does not show to which pump a row belongs")
                : $"coalesce(p.serial_number, {device})";
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
