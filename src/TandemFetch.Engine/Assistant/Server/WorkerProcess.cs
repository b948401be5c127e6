using System.Diagnostics;
using System.Text;
using System.Text.Json;
using TandemFetch.Engine.Assistant.Worker;

namespace TandemFetch.Engine.Assistant.Server;

/// <summary>A running process of the calls. It ends when its input does.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50.0);

    private readonly Process _process;
    private readonly AssistantLimits _limits;
    private long _requests;

    private WorkerProcess(Process process, AssistantLimits limits)
    {
        _process = process;
        _limits = limits;
    }

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it can run a call.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Starts a process, and waits until it is ready.</summary>
    /// <exception cref="TandemException"><see cref="AssistantErrors.NotStarted"/>.</exception>
    public static async Task<WorkerProcess> StartAsync(
        AssistantScope scope, AssistantLimits limits, CancellationToken cancellationToken)
    {
        var process = new Process { StartInfo = WorkerStart.Info() };
        process.StartInfo.StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        process.StartInfo.StandardOutputEncoding = Encoding.UTF8;

        // Read, so that the process never waits for somebody to read it; nothing in it is for the client.
        process.ErrorDataReceived += (_, _) => { };
        try
        {
            process.Start();
            process.BeginErrorReadLine();
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            process.Dispose();
            throw WorkerStart.NotStarted(failure.Message, failure);
        }

        var worker = new WorkerProcess(process, limits);
        try
        {
            await worker.WriteAsync(new WorkerSettings(scope, limits)).ConfigureAwait(false);
            var ready = await worker.ReadAsync(0, cancellationToken).ConfigureAwait(false);
            return ready is not null ? worker : throw WorkerStart.NotStarted("It ended at once.");
        }
        catch (Exception failure)
        {
            worker.Dispose();
            throw failure is IOException ? WorkerStart.NotStarted("It ended at once.", failure) : failure;
        }
    }

    /// <summary>Runs a call. If it takes too long or too much memory, or is cancelled, the process is killed.</summary>
    /// <exception cref="TandemException"><see cref="AssistantErrors.Ended"/>.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public async Task<WorkerResponse> CallAsync(
        string tool, JsonElement arguments, CancellationToken cancellationToken)
    {
        var id = ++_requests;
        try
        {
            await WriteAsync(new WorkerRequest(id, tool, arguments)).ConfigureAwait(false);
            var reading = ReadAsync(id, CancellationToken.None);
            var reason = await WatchAsync(reading, cancellationToken).ConfigureAwait(false);
            if (reason is null && await reading.ConfigureAwait(false) is { } response)
            {
                return response;
            }

            Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw Ended(reason ?? "Its process ended.");
        }
        catch (IOException broken)
        {
            Dispose();
            throw Ended("Its process ended.", broken);
        }
    }

    /// <summary>Ends the process, and thereby the call that it runs.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception ended) when (ended is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static TandemException Ended(string reason, Exception? cause = null) => new(
        AssistantErrors.Ended,
        TandemErrorKind.ResourceUnavailable,
        $"The call was ended. {reason} Ask for a shorter period, or for sums instead of rows.",
        innerException: cause);

    /// <summary>Waits for a response, and looks after the process meanwhile.</summary>
    /// <returns>Why the process has to be killed; null if the response is there or will not come.</returns>
    private async Task<string?> WatchAsync(Task reading, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!reading.IsCompleted)
        {
            await Task.WhenAny(reading, Task.Delay(Look, CancellationToken.None)).ConfigureAwait(false);
            if (reading.IsCompleted)
            {
                break;
            }

            if (cancellationToken.IsCancellationRequested)
            {
                return "It was cancelled.";
            }

            if (TimeProvider.System.GetElapsedTime(started) > _limits.Deadline)
            {
                return $"It took longer than {_limits.Deadline.TotalSeconds:0.#} seconds.";
            }

            if (IsRunning && ResidentBytes() > _limits.ResidentBytes)
            {
                return $"It took more than {_limits.ResidentBytes >> 20} MB of memory.";
            }
        }

        return null;
    }

    private long ResidentBytes()
    {
        try
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It has just ended.
            return 0;
        }
    }

    private async Task WriteAsync<T>(T line)
    {
        await _process.StandardInput
            .WriteLineAsync(JsonSerializer.Serialize(line, AssistantJson.Options)).ConfigureAwait(false);
        await _process.StandardInput.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Reads until the response comes; null if the process ends before that.</summary>
    private async Task<WorkerResponse?> ReadAsync(long id, CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (Parse(line) is { } response && response.Id == id)
            {
                return response;
            }
        }

        return null;
    }

    // On Windows, something else may write there.
    private static WorkerResponse? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<WorkerResponse>(line, AssistantJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
