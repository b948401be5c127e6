using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace TandemFetch.Module.Tests.Support;

/// <summary>What is written in a folder and all folders in it, even if it does not stay.</summary>
internal sealed class FolderWatch : IDisposable
{
    private readonly string _folder;
    private readonly IReadOnlyDictionary<string, string> _before;
    private readonly ConcurrentDictionary<string, byte> _changed = new();
    private readonly FileSystemWatcher _watcher;

    /// <summary>Begins to watch.</summary>
    public FolderWatch(string folder)
    {
        _folder = folder;
        _before = ReadContents();
        _watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = true,
            InternalBufferSize = 1 << 16,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite
                | NotifyFilters.Size,
        };
        _watcher.Created += (_, change) => Note(change.FullPath);
        _watcher.Changed += (_, change) =>
        {
            // A folder changes with what is in it.
            if (!Directory.Exists(change.FullPath))
            {
                Note(change.FullPath);
            }
        };
        _watcher.Deleted += (_, change) => Note(change.FullPath);
        _watcher.Renamed += (_, change) => Note(change.FullPath);
        _watcher.Error += (_, error) => Note(error.GetException().Message);
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>The files that were written, made or removed since then.</summary>
    public IReadOnlyCollection<string> Changes()
    {
        var after = ReadContents();
        foreach (var path in _before.Keys.Union(after.Keys))
        {
            if (_before.GetValueOrDefault(path) != after.GetValueOrDefault(path))
            {
                Note(path);
            }
        }

        return [.. _changed.Keys.Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public void Dispose() => _watcher.Dispose();

    private void Note(string path) => _changed[path] = 0;

    // What has no length is a socket or an empty file.
    private Dictionary<string, string> ReadContents() => Directory
        .EnumerateFiles(_folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .ToDictionary(path => path, path => new FileInfo(path).Length == 0
            ? ""
            : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))));
}
