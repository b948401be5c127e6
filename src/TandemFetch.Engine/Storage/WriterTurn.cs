namespace TandemFetch.Engine.Storage;

/// <summary>
/// A writer that waits for readers to let go of a file announces itself by a locked file beside it, and new readers
/// give way for a moment: readers that take turns would never let it in.
/// </summary>
internal static class WriterTurn
{
    /// <summary>
    /// How long a reader gives way. Longer than most commands read, short enough for a reader beside one that reads for
    /// long.
    /// </summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>The file that announces a writer.</summary>
    public static string PathOf(string database) => database + ".turn";

    /// <summary>
    /// Announces a writer until the result is disposed; null if another one has, or the folder cannot be written.
    /// </summary>
    public static IDisposable? Announce(string database)
    {
        try
        {
            return new FileStream(
                PathOf(database), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether a writer waits. What a killed one left behind is removed.</summary>
    public static bool IsAnnounced(string database)
    {
        var path = PathOf(database);
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            // Somebody else's file in a folder that cannot be written: no writer of ours can be waiting there.
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
