using DuckDB.NET.Data;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Assistant.Worker;

/// <summary>
/// What an assistant is told of a failure. The messages of the file's own errors contain its path, and others may quote
/// anything, so only those that are written for an assistant are passed on.
/// </summary>
internal static class PlainFailure
{
    /// <summary>What it says while another process writes to the file.</summary>
    public const string Busy = "The data is busy: another program is writing to it. Try again in a moment.";

    private static readonly HashSet<string> WrittenForAssistants = new(StringComparer.Ordinal)
    {
        AssistantErrors.Refused, AssistantErrors.QueryFailed, AssistantErrors.ArgumentInvalid,
    };

    /// <summary>The id of a failure, and a sentence about it.</summary>
    public static (string Id, string Sentence) Of(Exception failure) => failure switch
    {
        TandemException known when WrittenForAssistants.Contains(known.ErrorId) => (known.ErrorId, known.Message),
        TandemException known => OfDatabase(known.ErrorId),
        DuckDBException error when DatabaseFailure.IsLackOfMemory(error.Message) =>
            OfDatabase(DatabaseErrors.OutOfMemory),
        _ => (AssistantErrors.Unreadable, $"The data cannot be read ({failure.GetType().Name})."),
    };

    private static (string Id, string Sentence) OfDatabase(string id) => id switch
    {
        DatabaseErrors.Locked or DatabaseErrors.InUse => (AssistantErrors.Busy, Busy),
        DatabaseErrors.NotFound => (id, "There is no database yet. Invoke-TandemBackfill makes it."),
        DatabaseErrors.Older => (id, "The database is of an older version. Invoke-TandemBackfill updates it."),
        DatabaseErrors.Newer => (id, "The database is of a newer version of TandemFetch. The module must be updated."),
        DatabaseErrors.OutOfMemory => (id, "It needs more memory than a call may use. Ask for a shorter period."),
        _ => (id, $"The data cannot be read ({id}). Test-TandemDatabase says more."),
    };
}
