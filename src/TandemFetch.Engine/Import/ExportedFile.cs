using TandemFetch.Engine.Export;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Import;

/// <summary>Files of <c>Export-TandemData</c> as DuckDB reads them.</summary>
internal static class ExportedFile
{
    // DuckDB sets aside several times this for each thread; no row of an export is nearly as long.
    private const int LongestRow = 4 * 1024 * 1024;

    /// <summary>The format of a file by its name, zipped or not; null where it is none of an export.</summary>
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
    /// The rows of a file, or of a folder of Parquet files, as an SQL source; of text formats all columns are texts.
    /// </summary>
    /// <param name="path">The file, or a folder that <c>-PartitionBy</c> made.</param>
    /// <param name="format">What it is.</param>
    /// <param name="columns">The columns to read of JSON lines.</param>
    public static string Source(string path, ExportFormat format, IEnumerable<string> columns)
    {
        var name = Escape(path);
        var file = SqlText.Literal(Directory.Exists(path) ? Path.Join(name, "**", "*.parquet") : name);

        // Folders above the file may be named like year=2026, which is none of its columns.
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

    /// <summary>A path in which no character stands for others.</summary>
    private static string Escape(string path) => string.Concat(
        path.Select(character => character is '*' or '?' or '[' ? $"[{character}]" : character.ToString()));
}
