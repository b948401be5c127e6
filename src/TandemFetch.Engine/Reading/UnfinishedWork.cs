using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Reading;

/// <summary>What a run that was stopped or killed has left to do.</summary>
public static class UnfinishedWork
{
    /// <summary>The warning of commands that read the file.</summary>
    public const string Warning =
        "A run was stopped before it had derived everything, so some tables lack rows or contain outdated times. Run "
        + "Invoke-TandemBackfill -Stage Parse, Derive to complete them.";

    /// <summary>Whether entries have been stored that the tables do not show yet.</summary>
    public static bool Exists(TandemDatabase database)
    {
        var (isMarked, newest, parsed) = database.Query<(bool, long, long)>(Read("unfinished"))[0];

        // Entries that count for a newer key of their pump are never parsed; the list of them is long in coming.
        return isMarked || (newest > parsed && database.Scalar<bool>(Read("has_unparsed"), new { parsed }));
    }

    private static string Read(string name) => SqlResource.Read($"TandemFetch.Engine.Reading.Statements.{name}.sql");
}
