using System.Text.RegularExpressions;
using TandemFetch.Engine.Queries;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Export;

/// <summary>
/// Columns as people read them in a spreadsheet: each time as the wall clock showed it, beside its offset from UTC,
/// which tells apart the two hours of the same name when daylight saving ends.
/// </summary>
internal static partial class ReadableColumns
{
    /// <summary>The column with the serial number of the pump.</summary>
    public const string PumpSerial = "pump_serial";

    /// <summary>What is appended to the name of a time for the name of its offset.</summary>
    public const string OffsetSuffix = "_offset";

    /// <summary>What precedes an offset.</summary>
    public const string OffsetPrefix = "UTC";

    /// <summary>What begins a formula in spreadsheets, as a regular expression of .NET and of DuckDB.</summary>
    public const string Formula = @"[=+\-@\t\r\n＝＋－＠]";

    private const string LocalTime = "timezone({zone}, {time})";

    private static readonly string WallClock = Read("wall_clock");
    private static readonly string UtcOffset = Read("utc_offset");
    private static readonly string PlainText = Read("plain_text").Replace("{formula}", Formula, StringComparison.Ordinal);

    // Their text begins with a letter, a digit, a bracket or a quotation mark, or is a negative number.
    private static readonly HashSet<string> NeverFormulas =
    [
        "BIGINT", "BOOLEAN", "DATE", "DECIMAL", "DOUBLE", "FLOAT", "HUGEINT", "INTEGER", "INTERVAL", "JSON", "SMALLINT",
        "TIME", "TIME WITH TIME ZONE", "TIMESTAMP", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP_S", "TINYINT", "UBIGINT",
        "UHUGEINT", "UINTEGER", "USMALLINT", "UTINYINT", "UUID",
    ];

    /// <summary>The columns of a CSV file.</summary>
    /// <param name="columns">The columns as they are.</param>
    /// <param name="zone">The zone of a row, as SQL.</param>
    /// <param name="isImported">
    /// Whether an import reads the file, which needs the fractions of seconds. Spreadsheets show such times badly.
    /// </param>
    public static IReadOnlyList<ExportColumn> OfCsv(IEnumerable<ExportColumn> columns, string zone, bool isImported)
    {
        var readable = WithOffsets(columns, zone, isImported ? LocalTime + "::VARCHAR" : WallClock, ExportColumn.Text)
            .Select(column => NeverFormulas.Contains(column.TypeName) || column.Type == ExportColumn.Moment
                ? column
                : column with { Sql = PlainText.Replace("{text}", column.Sql, StringComparison.Ordinal) });
        return Unique(readable.Select(column => column with { Name = AsPlainText(column.Name) }));
    }

    /// <summary>The columns of a sheet.</summary>
    /// <param name="columns">The columns as they are.</param>
    /// <param name="zone">The zone of a row, as SQL.</param>
    public static IReadOnlyList<ExportColumn> OfSheet(IEnumerable<ExportColumn> columns, string zone) =>
        Unique(WithOffsets(columns, zone, LocalTime, ExportColumn.WallClock));

    private static IEnumerable<ExportColumn> WithOffsets(
        IEnumerable<ExportColumn> columns, string zone, string wallClock, string type) =>
        columns.SelectMany(column => column.Type != ExportColumn.Moment
            ? [column]
            : new[]
            {
                new ExportColumn(column.Name, type, At(wallClock, column.Sql, zone)),
                new ExportColumn(column.Name + OffsetSuffix, ExportColumn.Text, At(UtcOffset, column.Sql, zone)),
            });

    private static string At(string template, string time, string zone) => template
        .Replace("{zone}", zone, StringComparison.Ordinal)
        .Replace("{time}", time, StringComparison.Ordinal);

    private static IReadOnlyList<ExportColumn> Unique(IEnumerable<ExportColumn> columns)
    {
        var list = columns.ToList();
        var names = UniqueColumnNames.Of(list.Select(column => column.Name));
        return [.. list.Zip(names, (column, name) => column with { Name = name })];
    }

    private static string AsPlainText(string name) => BeginsFormula().IsMatch(name) ? "'" + name : name;

    private static string Read(string name) => SqlResource.Read($"TandemFetch.Engine.Export.Statements.{name}.sql");

    [GeneratedRegex(@"\A" + Formula)]
    private static partial Regex BeginsFormula();
}
