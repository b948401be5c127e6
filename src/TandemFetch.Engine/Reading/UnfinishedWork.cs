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
    public static bool Exists(TandemDatabase database) =>
        database.Scalar<bool>(SqlResource.Read("TandemFetch.Engine.Reading.Statements.is_unfinished.sql"));
}
