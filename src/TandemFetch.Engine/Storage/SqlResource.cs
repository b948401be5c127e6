namespace TandemFetch.Engine.Storage;

/// <summary>SQL files that are embedded in the assembly.</summary>
internal static class SqlResource
{
    /// <summary>The text of an embedded file.</summary>
    /// <param name="name">Its full resource name.</param>
    public static string Read(string name) =>
        Find(name) ?? throw new InvalidOperationException($"The assembly lacks {name}.");

    /// <summary>The text of an embedded file; null if there is none with that name.</summary>
    /// <param name="name">Its full resource name.</param>
    public static string? Find(string name)
    {
        using var stream = typeof(SqlResource).Assembly.GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
