using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Lake;

/// <summary>A rule for the rows of each table of a lake; its statement finds what violates it.</summary>
/// <param name="Name">Its name, and that of its statement.</param>
/// <param name="Description">The rule.</param>
internal sealed record LakeQuestion(string Name, string Description)
{
    /// <summary>The rules.</summary>
    public static IReadOnlyList<LakeQuestion> OfRows { get; } =
    [
        new("row_counts", "Each file has as many rows as its manifest says."),
        new(
            "columns",
            "Each file of the newest schema version has the columns and types that the description of its table says.")
        {
            IsOfNewestVersion = true,
        },
        new("pumps", "Each row names the pump to which its file belongs."),
        new("keys", "No row occurs twice: keys are unique among the rows of a pump."),
        new("order", "The rows of each file are sorted as the description of its table says."),
    ];

    /// <summary>Whether files of other schema versions than the description's may violate it.</summary>
    public bool IsOfNewestVersion { get; private init; }

    /// <summary>What violates the rule in one table.</summary>
    public IEnumerable<string> Ask(
        TandemDatabase database, LakeFolder lake, TableDescription table, IReadOnlyList<ListedFile> files)
    {
        files = IsOfNewestVersion ? [.. files.Where(file => file.SchemaVersion == table.SchemaVersion)] : files;
        if (files.Count == 0)
        {
            return [];
        }

        var listed = files.Select(file =>
            $"({SqlText.Literal(file.Path)}, {SqlText.Literal(file.Pump)}, {SqlText.Number(file.Rows)})");
        var paths = string.Join(", ", files.Select(file => ParquetFile.Literal(file.Path)));
        var sql = LakeStatements.Read($"Faults.{Name}")
            .Replace("{files}", paths, StringComparison.Ordinal)
            .Replace("{listed}", string.Join(", ", listed), StringComparison.Ordinal)
            .Replace("{empty_file}", ParquetFile.Literal(lake.EmptyFileOf(table.Table)), StringComparison.Ordinal)
            .Replace("{empty}", SqlText.Literal(lake.EmptyFileOf(table.Table)), StringComparison.Ordinal)
            .Replace("{key}", Columns(table.Key), StringComparison.Ordinal)
            .Replace("{order}", Columns(table.SortedBy, " NULLS FIRST"), StringComparison.Ordinal);
        return database.Query<string>(sql).Select(path => Path.GetRelativePath(lake.Path, path));
    }

    private static string Columns(IEnumerable<string> names, string suffix = "") =>
        string.Join(", ", names.Select(name => SqlText.Identifier(name) + suffix));
}
