using System.Collections.Concurrent;
using System.Management.Automation;

namespace TandemFetch.Hosting;

/// <summary>
/// Runs an asynchronous body on a worker thread, while the pipeline thread makes the body's calls to PowerShell, which
/// allows no other thread to write. The queue between them is short, so a slow consumer downstream slows the body down.
/// </summary>
internal sealed class PipelinePump
{
    private const int QueueLength = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly BlockingCollection<Action> _queue = new(QueueLength);
    private readonly CancellationTokenSource _end;
    private readonly CancellationToken _stop;

    private PipelinePump(CancellationToken stop)
    {
        _stop = stop;
        _end = CancellationTokenSource.CreateLinkedTokenSource(stop);
    }

    /// <summary>Cancelled when the command is stopped or the pipeline accepts no more output.</summary>
    public CancellationToken End => _end.Token;

    /// <summary>Runs the body to its end. Call this on the pipeline thread.</summary>
    /// <param name="command">The command on whose behalf the body writes.</param>
    /// <param name="body">
    /// The work; its token is cancelled by <paramref name="stop"/> and when the pipeline accepts no more output.
    /// </param>
    /// <param name="stop">Cancelled by <c>StopProcessing</c>.</param>
    /// <exception cref="PipelineStoppedException">The command was stopped.</exception>
    public static void Run(
        TandemCommand command,
        Func<PipelineWriter, CancellationToken, Task> body,
        CancellationToken stop)
    {
        var pump = new PipelinePump(stop);
        var writer = new PipelineWriter(command, pump);
        pump.Drain(Task.Run(() => pump.WorkAsync(body, writer), CancellationToken.None));
    }

    /// <summary>Queues a call for the pipeline thread, waiting while the queue is full.</summary>
    /// <exception cref="OperationCanceledException">The pipeline accepts no more output.</exception>
    public void Post(Action call) => _queue.Add(call, End);

    /// <summary>
    /// Queues a call unless the pipeline accepts no more output, in which case it would have no effect anyway.
    /// </summary>
    public void TryPost(Action call)
    {
        try
        {
            Post(call);
        }
        catch (Exception late) when (late is OperationCanceledException or InvalidOperationException)
        {
            // Stopped, or a late call that outlived the body.
        }
    }

    /// <summary>Asks the pipeline thread a question and waits for its response.</summary>
    /// <exception cref="OperationCanceledException">The pipeline accepts no more output.</exception>
    public T Ask<T>(Func<T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => answer.SetResult(question()));
        return answer.Task.WaitAsync(End).GetAwaiter().GetResult();
    }

    private async Task WorkAsync(Func<PipelineWriter, CancellationToken, Task> body, PipelineWriter writer)
    {
        try
        {
            await body(writer, End).ConfigureAwait(false);
        }
        finally
        {
            _queue.CompleteAdding();
        }
    }

    private void Drain(Task work)
    {
        try
        {
            foreach (var call in _queue.GetConsumingEnumerable(End))
            {
                call();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Ctrl+C: the body has been cancelled, and is waited for below.
        }
        catch
        {
            // A call threw: the pipeline was stopped from downstream, or an error was to stop it.
            _end.Cancel();
            Await(work);
            throw;
        }

        if (_stop.IsCancellationRequested)
        {
            Await(work);
            throw new PipelineStoppedException();
        }

        work.GetAwaiter().GetResult();
        Release();
    }

    // A body that ignores its token keeps what it holds and is abandoned; the prompt returns all the same.
    private void Await(Task work)
    {
        if (Task.WaitAny([work], Patience) == 0)
        {
            Release();
        }
    }

    private void Release()
    {
        _end.Dispose();
        _queue.Dispose();
    }
}
