using System.Text.Json;
using TandemFetch.Engine.Assistant.Worker;

namespace TandemFetch.Engine.Assistant.Server;

/// <summary>
/// Runs calls one after the other in a process of their own, which is started again whenever it ends.
/// </summary>
/// <param name="scope">What calls may see.</param>
/// <param name="limits">How much they may take.</param>
internal sealed class CallRunner(AssistantScope scope, AssistantLimits limits) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private WorkerProcess? _worker;
    private volatile bool _isStopped;

    /// <summary>The id of the process; null while there is none.</summary>
    public int? ProcessId => _worker?.Id;

    /// <summary>Starts the process before the first call needs it.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await WorkerAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Runs a call.</summary>
    /// <exception cref="TandemException"><see cref="AssistantErrors.Ended"/>,
    /// <see cref="AssistantErrors.NotStarted"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<WorkerResponse> CallAsync(
        string tool, JsonElement arguments, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var worker = await WorkerAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await worker.CallAsync(tool, arguments, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                // It was killed, or has ended.
                _worker = null;
                throw;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends the call in progress, if there is one, and runs no other.</summary>
    public void Stop()
    {
        _isStopped = true;
        _worker?.Kill();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isStopped = true;
        _worker?.Dispose();
        _worker = null;
    }

    private async Task<WorkerProcess> WorkerAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isStopped, this);
        if (_worker is { IsRunning: true })
        {
            return _worker;
        }

        _worker?.Dispose();
        _worker = null;
        var worker = await WorkerProcess.StartAsync(scope, limits, cancellationToken).ConfigureAwait(false);
        _worker = worker;
        if (_isStopped)
        {
            worker.Kill();
        }

        return worker;
    }
}
