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

    public static void Set(TandemDatabase database, StageVersion current) => database.Execute(
        SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.save_stage_version.sql"),
        new { current.Stage, current.Version });

    private sealed record Row(string Stage, string Version);
}
