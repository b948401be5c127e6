using System.Runtime.ExceptionServices;

namespace TandemFetch.Module.Tests.Support;

/// <summary>
/// Detects that DuckDB refused to open a file for a command of this process because another process holds it, although
/// the command continues to wait for it.
/// </summary>
internal sealed class RefusedOpen : IDisposable
{
    private readonly TaskCompletionSource _happened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _file;

    /// <summary>Starts watching.</summary>
    /// <param name="file">The path of the file, which DuckDB's error contains.</param>
    public RefusedOpen(string file)
    {
        _file = file;
        AppDomain.CurrentDomain.FirstChanceException += Note;
    }

    /// <summary>Completes when the file has been refused.</summary>
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
