namespace TandemFetch.Module.Tests.Support;

/// <summary>An empty folder that is deleted after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>Its full path.</summary>
    public string FullPath { get; } = Directory.CreateTempSubdirectory("tandemfetch-").FullName;

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => Path.Join(FullPath, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
