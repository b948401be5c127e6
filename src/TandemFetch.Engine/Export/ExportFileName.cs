using TandemFetch.Records;

namespace TandemFetch.Engine.Export;

/// <summary>What the name of an exported file says about its format.</summary>
public static class ExportFileName
{
    private const int LongestExtension = 8;

    private static readonly Dictionary<ExportFormat, string[]> Extensions = new()
    {
        [ExportFormat.Parquet] = [".parquet", ".pq"],
        [ExportFormat.Csv] = [".csv"],
        [ExportFormat.Json] = [".jsonl", ".json", ".ndjson"],
        [ExportFormat.Xlsx] = [".xlsx"],
    };

    /// <summary>The usual extension of a format.</summary>
    public static string ExtensionOf(ExportFormat format) => Extensions[format][0];

    /// <summary>The format that a file name implies; null if it implies none.</summary>
    public static ExportFormat? FormatOf(string path)
    {
        var extension = Path.GetExtension(IsZipped(path) ? Path.GetFileNameWithoutExtension(path) : path);
        var format = Extensions
            .Where(known => known.Value.Contains(extension, StringComparer.OrdinalIgnoreCase))
            .Select(known => (ExportFormat?)known.Key).FirstOrDefault();
        return format is { } known && IsZipped(path) && !CanBeZipped(known) ? null : format;
    }

    /// <summary>Whether a path ends like that of a file, as opposed to that of a folder to be created.</summary>
    public static bool IsLikeFile(string path) =>
        IsZipped(path)
        || (Path.GetExtension(path) is [_, >= 'A' and <= 'Z' or >= 'a' and <= 'z', ..] extension
            && extension.Length <= LongestExtension
            && extension.Skip(1).All(char.IsAsciiLetterOrDigit)
            && Path.GetFileNameWithoutExtension(path).Length > 0);

    /// <summary>The format in which to write a file or a folder.</summary>
    /// <param name="path">The path.</param>
    /// <param name="asked">The format that the user specified; null for that of the extension.</param>
    /// <param name="isFolder">Whether the path is that of a folder of Parquet files.</param>
    /// <exception cref="TandemException">
    /// <see cref="ExportErrors.FormatUnknown"/>, <see cref="ExportErrors.FormatConflict"/>.
    /// </exception>
    public static ExportFormat Choose(string path, ExportFormat? asked, bool isFolder)
    {
        var implied = FormatOf(path);
        var format = asked ?? (isFolder ? ExportFormat.Parquet : implied) ?? throw Unknown(path);
        if ((implied is not null && implied != format) || (IsZipped(path) && !CanBeZipped(format)))
        {
            throw new TandemException(
                ExportErrors.FormatConflict,
                TandemErrorKind.InvalidArgument,
                $"'{Path.GetFileName(path)}' is not the name of a {format} {(isFolder ? "folder" : "file")}, which would "
                + $"mislead programs that go by the extension. Use the extension {ExtensionOf(format)} or none"
                + (asked is null ? "." : ", or omit -Format."),
                path);
        }

        return format;
    }

    /// <summary>Whether a file name is that of a compressed file.</summary>
    internal static bool IsZipped(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    // The others are compressed inside.
    private static bool CanBeZipped(ExportFormat format) => format is ExportFormat.Csv or ExportFormat.Json;

    private static TandemException Unknown(string path) => new(
        ExportErrors.FormatUnknown,
        TandemErrorKind.InvalidArgument,
        $"Which format should '{Path.GetFileName(path)}' have? Specify -Format Parquet, Csv, Json or Xlsx, "
        + "or use the extension .parquet, .csv, .jsonl or .xlsx; .csv and .jsonl can be followed by .gz.",
        path);
}
