namespace TandemFetch.Engine.Storage;

/// <summary>
/// The folder beside a file into which DuckDB writes what does not fit into memory. DuckDB empties it when it ends, but
/// a killed process leaves everything behind.
/// </summary>
internal static class SpillFolder
{
    /// <summary>The folder of a file.</summary>
    public static string Of(string path) => path + ".tmp";

    /// <summary>
    /// Removes what killed processes have left. Only for a process that has just opened the file for writing: nobody
    /// else has it open then.
    /// </summary>
    public static void RemoveAbandoned(string path)
    {
        try
        {
            if (Directory.Exists(Of(path)))
            {
                foreach (var left in Directory.EnumerateFiles(Of(path), "duckdb_temp_*"))
                {
                    File.Delete(left);
                }
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // It belongs to somebody else, and only takes space.
        }

        RemoveEmpty(path);
    }

    /// <summary>Removes the folder if nothing is in it.</summary>
    public static void RemoveEmpty(string path)
    {
        try
        {
            if (Directory.Exists(Of(path)))
            {
                Directory.Delete(Of(path));
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Something is in it: another process is using it, or a killed one has left more than an empty folder.
        }
    }
}
