using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>Which rules wrote the contents of the file.</summary>
internal static class StageVersions
{
    /// <summary>The rules that wrote the contents of the file, by stage.</summary>
    public static IReadOnlyDictionary<string, string> Read(TandemDatabase database) =>
        database.Query<Row>("SELECT stage, version FROM bookkeeping.stage_versions")
            .ToDictionary(row => row.Stage, row => row.Version);

    public static bool IsCurrent(TandemDatabase database, StageVersion current) =>
        Read(database).TryGetValue(current.Stage, out var stored) && stored == current.Version;

    public static void Set(TandemDatabase database, StageVersion current) => Set(database, [current]);

    /// <summary>Records the rules of stages that have come to their end.</summary>
    public static void Set(TandemDatabase database, IReadOnlyCollection<StageVersion> current)
    {
        var rules = current.Select(rule => $"({SqlText.Literal(rule.Stage)}, {SqlText.Literal(rule.Version)})");
        database.Execute(SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.save_stage_versions.sql")
            .Replace("{rules}", string.Join(", ", rules), StringComparison.Ordinal));
    }

    private sealed record Row(string Stage, string Version);
}
