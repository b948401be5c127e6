using System.Runtime.ExceptionServices;

namespace TandemFetch.Module.Tests.Support;

/// <summary>Notices that a command of this process was refused a file that another process holds, though it goes on to wait for it.</summary>
internal sealed class RefusedOpen : IDisposable
{
    private readonly TaskCompletionSource _happened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _file;

    /// <summary>Begins to look.</summary>
    /// <param name="file">The path of the file, which DuckDB's error names.</param>
    public RefusedOpen(string file)
    {
        _file = file;
        AppDomain.CurrentDomain.FirstChanceException += Note;
    }

    /// <summary>The file was refused.</summary>
    public Task Happened => _happened.Task;

    /// <inheritdoc/>
    public void Dispose() => AppDomain.CurrentDomain.FirstChanceException -= Note;

    private void Note(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (thrown.Exception.Message.Contains(_file, StringComparison.Ordinal))
        {
            _happened.TrySetResult();
        }
    }
}
