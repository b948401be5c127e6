using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>Which rules wrote what the file holds.</summary>
internal static class StageVersions
{
    public static bool IsCurrent(TandemDatabase database, string stage, string version) =>
        database.Query<string>("SELECT version FROM stage_versions WHERE stage = $stage", new { stage }) is [var stored] && stored == version;

    /// <summary>Whether any rules wrote anything for a pump yet.</summary>
    public static bool Exist(TandemDatabase database, IEnumerable<string> stages) =>
        database.Query<string>("SELECT stage FROM stage_versions").Intersect(stages).Any();

    public static void Set(TandemDatabase database, string stage, string version) =>
        database.Execute(SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.save_stage_version.sql"), new { stage, version });
}
