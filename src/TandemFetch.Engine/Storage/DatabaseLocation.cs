namespace TandemFetch.Engine.Storage;

/// <summary>Checks a path before DuckDB sees it, so that nothing is written where it should not be.</summary>
internal static class DatabaseLocation
{
    public static void Check(string path, DatabaseAccess access)
    {
        if (Directory.Exists(path))
        {
            throw new TandemException(
                DatabaseErrors.IsDirectory,
                TandemErrorKind.InvalidArgument,
                $"'{path}' is a folder. Specify a file in it, such as '{Path.Combine(path, "tandem.db")}'.",
                path);
        }

        CheckName(path, SqlText.BookkeepingSchema);
        if (File.Exists(path))
        {
            return;
        }

        if (access == DatabaseAccess.Write)
        {
            CreateFolder(path);
            return;
        }

        throw new TandemException(
            DatabaseErrors.NotFound,
            TandemErrorKind.NotFound,
            $"There is no database at '{path}'. Invoke-TandemBackfill creates it; "
            + "use -Database, $env:TANDEM_DATABASE or Set-TandemConfiguration for another file.",
            path);
    }

    /// <summary>Checks that a schema in a file does not have the name of the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">The schema.</param>
    /// <exception cref="TandemException"><see cref="DatabaseErrors.NameReserved"/>.</exception>
    public static void CheckName(string path, string schema)
    {
        // DuckDB calls a database after its file, up to the first point.
        if (Path.GetFileName(path).Split('.')[0].Equals(schema, StringComparison.OrdinalIgnoreCase))
        {
            throw new TandemException(
                DatabaseErrors.NameReserved,
                TandemErrorKind.InvalidArgument,
                $"A database cannot be called '{Path.GetFileName(path)}', because a schema in it has that name. "
                + "Choose another file name with -Database.",
                path);
        }
    }

    private static void CreateFolder(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            OwnerOnly.CreateFolder(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TandemException(
                DatabaseErrors.NotWritable,
                TandemErrorKind.PermissionDenied,
                $"The folder '{folder}' cannot be created: {Sentence.Of(error)} Choose another path with -Database.",
                path,
                error);
        }
    }
}
