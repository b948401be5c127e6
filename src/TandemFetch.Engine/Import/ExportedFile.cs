using TandemFetch.Engine.Export;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Import;

/// <summary>Files written by <c>Export-TandemData</c>, as DuckDB reads them.</summary>
internal static class ExportedFile
{
    // DuckDB reserves a multiple of this for each thread; no row of an export is nearly as long.
    private const int LongestRow = 4 * 1024 * 1024;

    /// <summary>
    /// The format of a file according to its name, compressed or not; null if it is not a format of exports.
    /// </summary>
    public static ExportFormat? FormatOf(string path)
    {
        try
        {
            return DataExporter.FormatOf(path);
        }
        catch (TandemException failure) when (failure.ErrorId == ExportErrors.FormatUnknown)
        {
            return null;
        }
    }

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
        var zip = DataExporter.IsZipped(path) ? ", compression = 'gzip'" : "";
        return format switch
        {
            ExportFormat.Parquet => $"read_parquet({file}, {AsTheyAre})",
            ExportFormat.Csv => $"read_csv({file}, {AsTheyAre}, header = true, all_varchar = true, delim = ',', "
                + $"quote = '\"', escape = '\"', max_line_size = {LongestRow}, buffer_size = {2 * LongestRow}{zip})",
            _ => $"read_json({file}, {AsTheyAre}, format = 'newline_delimited', maximum_object_size = {LongestRow}, "
                + $"columns = {{{string.Join(", ", columns.Select(column => $"{column}: 'VARCHAR'"))}}}{zip})",
        };
    }

    /// <summary>A path without wildcards.</summary>
    private static string Escape(string path) => string.Concat(
        path.Select(character => character is '*' or '?' or '[' ? $"[{character}]" : character.ToString()));
}
