using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace TandemFetch.Module.Tests.Support;

/// <summary>
/// A PowerShell engine in this process with the built module imported. State is kept from run to run, as at a prompt.
/// </summary>
internal sealed class PowerShellSession : IDisposable
{
    private readonly Runspace _runspace;

    /// <summary>Creates an engine and imports the module.</summary>
    /// <param name="commands">Commands defined by the test, with the attribute on their class.</param>
    public PowerShellSession(params Type[] commands)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        state.ImportPSModule(BuiltModule.Manifest);
        foreach (var command in commands)
        {
            var name = (CmdletAttribute)Attribute.GetCustomAttribute(command, typeof(CmdletAttribute))!;
            state.Commands.Add(new SessionStateCmdletEntry($"{name.VerbName}-{name.NounName}", command, null));
        }

        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    /// <summary>Runs a script.</summary>
    /// <param name="script">Its text.</param>
    /// <param name="arguments">Values for its <c>param(…)</c> block, by position.</param>
    public ScriptRun Run(string script, params object?[] arguments)
    {
        using var shell = Create(script, arguments);
        return Finish(shell, () => [.. shell.Invoke()]);
    }

    /// <summary>
    /// Runs a script and returns its objects and progress records in the order in which it wrote them.
    /// </summary>
    public IReadOnlyList<object?> RunInOrder(string script)
    {
        using var shell = Create(script, []);
        List<object?> written = [];
        using var output = new PSDataCollection<PSObject?>();
        output.DataAdded += (_, added) => written.Add(Unwrap(output[added.Index]));
        shell.Streams.Progress.DataAdded += (_, added) => written.Add(shell.Streams.Progress[added.Index]);
        Finish(shell, () =>
        {
            shell.Invoke(null, output);
            return [];
        });
        return written;
    }

    /// <summary>Starts a script and stops it, as Ctrl+C does, once something has happened.</summary>
    public async Task<ScriptRun> RunUntilAsync(string script, Task stopWhen)
    {
        using var shell = Create(script, []);
        var running = shell.InvokeAsync();
        await stopWhen;
        await shell.StopAsync(null, null);
        return Finish(shell, () => [.. running.GetAwaiter().GetResult()]);
    }

    /// <summary>
    /// Starts a script and stops it once it has written this many records to its streams, or has ended.
    /// </summary>
    public async Task<ScriptRun> RunUntilAsync(string script, int records)
    {
        using var shell = Create(script, []);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var written = 0;
        var output = new PSDataCollection<PSObject>();
        output.DataAdded += Count;
        shell.Streams.Verbose.DataAdded += Count;
        shell.Streams.Debug.DataAdded += Count;
        shell.Streams.Progress.DataAdded += Count;
        shell.Streams.Information.DataAdded += Count;
        shell.Streams.Warning.DataAdded += Count;
        var running = shell.InvokeAsync<PSObject, PSObject>(null, output);
        if (records > 0)
        {
            await Task.WhenAny(reached.Task, running);
        }

        await shell.StopAsync(null, null);
        return Finish(shell, () =>
        {
            running.GetAwaiter().GetResult();
            return [.. output];
        });

        void Count(object? sender, DataAddedEventArgs added)
        {
            if (Interlocked.Increment(ref written) == records)
            {
                reached.TrySetResult();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _runspace.Dispose();

    private static ScriptRun Finish(PowerShell shell, Func<IReadOnlyList<PSObject?>> invoke)
    {
        IReadOnlyList<PSObject?> output = [];
        ErrorRecord? last = null;
        try
        {
            output = invoke();
        }
        catch (RuntimeException failure)
        {
            last = failure.ErrorRecord;
        }

        var streams = shell.Streams;
        return new ScriptRun
        {
            Output = [.. output.Select(Unwrap)],
            Errors = last is null ? [.. streams.Error] : [.. streams.Error, last],
            WasTerminated = last is not null,
            Warnings = [.. streams.Warning.Select(record => record.Message)],
            Verbose = [.. streams.Verbose.Select(record => record.Message)],
            Debug = [.. streams.Debug.Select(record => record.Message)],
            Information = [.. streams.Information],
            Progress = [.. streams.Progress],
        };
    }

    private static object? Unwrap(PSObject? item) => item?.BaseObject is PSCustomObject ? item : item?.BaseObject;

    private PowerShell Create(string script, object?[] arguments)
    {
        var shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach (var argument in arguments)
        {
            shell.AddArgument(argument);
        }

        return shell;
    }
}
