using Dapper;
using TandemFetch.Engine.Export;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Import;

/// <summary>Files written by <c>Export-TandemData</c>, as DuckDB reads them.</summary>
internal static class ExportedFile
{
    // DuckDB reserves a multiple of this for each thread; no row of an export is nearly as long.
    private const int LongestRow = 4 * 1024 * 1024;

    private static readonly string TextAsWritten =
        SqlResource.Read("TandemFetch.Engine.Import.Statements.as_written.sql")
            .Replace("{formula}", ReadableColumns.Formula, StringComparison.Ordinal);

    /// <summary>
    /// The format of a file according to its name, compressed or not; null if it is not one that can be imported.
    /// </summary>
    public static ExportFormat? FormatOf(string path) =>
        ExportFileName.FormatOf(path) is { } format and not ExportFormat.Xlsx ? format : null;

    /// <summary>
    /// The rows of a file, or of a folder of Parquet files, as an SQL source; in text formats all columns are text.
    /// </summary>
    /// <param name="path">The file, or a folder that <c>-PartitionBy</c> made.</param>
    /// <param name="format">The format.</param>
    /// <param name="columns">The columns to read from JSON lines.</param>
    public static string Source(string path, ExportFormat format, IEnumerable<string> columns)
    {
        var name = Escape(path);
        var file = SqlText.Literal(Directory.Exists(path) ? Path.Join(name, "**", "*.parquet") : name);

        // Folders above the file may have names like year=2026, which is not one of its columns.
        const string AsTheyAre = "hive_partitioning = false";
        var zip = ExportFileName.IsZipped(path) ? ", compression = 'gzip'" : "";
        return format switch
        {
            ExportFormat.Parquet => $"read_parquet({file}, {AsTheyAre})",
            ExportFormat.Csv => $"read_csv({file}, {AsTheyAre}, header = true, all_varchar = true, delim = ',', "
                + $"quote = '\"', escape = '\"', max_line_size = {LongestRow}, buffer_size = {2 * LongestRow}{zip})",
            _ => $"read_json({file}, {AsTheyAre}, format = 'newline_delimited', maximum_object_size = {LongestRow}, "
                + $"columns = {{{string.Join(", ", columns.Select(column => $"{column}: 'VARCHAR'"))}}}{zip})",
        };
    }

    /// <summary>
    /// The rows of a CSV file that was written for a spreadsheet, as they were in the table: a time is beside its
    /// offset, and an apostrophe precedes what could be taken for a formula. Any other CSV file is read as it is.
    /// </summary>
    /// <param name="database">The database that reads the file.</param>
    /// <param name="source">The file, as <see cref="Source"/> returns it.</param>
    public static string AsWritten(TandemDatabase database, string source)
    {
        // This bypasses the database's own translation of failures, because it is this file that may be damaged, not
        // the database.
        var names = database.Connection.Query<string>($"SELECT column_name FROM (DESCRIBE FROM {source})").ToHashSet();
        var times = names.Where(name => names.Contains(name + ReadableColumns.OffsetSuffix)).ToList();
        var others = times.Count == 0 ? "*" : $"* EXCLUDE ({string.Join(", ", times.Select(SqlText.Identifier))})";
        var columns = times.Select(Moment).Append(AsWritten($"COLUMNS({others})"));
        return $"(SELECT {string.Join(", ", columns)} FROM {source})";
    }

    /// <summary>A text as it was in the table.</summary>
    public static string AsWritten(string text) => TextAsWritten.Replace("{text}", text, StringComparison.Ordinal);

    private static string Moment(string name)
    {
        var (time, offset) = (SqlText.Identifier(name), SqlText.Identifier(name + ReadableColumns.OffsetSuffix));
        return $"{time} || replace({offset}, '{ReadableColumns.OffsetPrefix}', '') AS {time}";
    }

    /// <summary>A path without wildcards.</summary>
    private static string Escape(string path) => string.Concat(
        path.Select(character => character is '*' or '?' or '[' ? $"[{character}]" : character.ToString()));
}
