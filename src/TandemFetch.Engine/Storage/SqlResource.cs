namespace TandemFetch.Engine.Storage;

/// <summary>SQL that is kept in files and embedded into the assembly.</summary>
internal static class SqlResource
{
    /// <summary>The text of one embedded file.</summary>
    /// <param name="name">Its full resource name.</param>
    public static string Read(string name)
    {
        using var stream = typeof(SqlResource).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
