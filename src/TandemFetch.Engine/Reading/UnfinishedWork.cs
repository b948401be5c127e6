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
        using var work = new ColumnReader(database, Read("unfinished"));
        work.NextChunk();
        var (isMarked, newest, parsed) = (work.Boolean(0, 0), work.Int64(1, 0), work.Int64(2, 0));

        // Entries that count for a newer key of their pump are never parsed; the list of them is long in coming.
        return isMarked || (newest > parsed && database.Scalar<bool>(Read("has_unparsed"), new { parsed }));
    }

    private static string Read(string name) => SqlResource.Read($"TandemFetch.Engine.Reading.Statements.{name}.sql");
}
