using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

namespace TandemFetch.Shell;

/// <summary>A PowerShell engine with the module imported, whose output goes to a <see cref="ShellHost"/>.</summary>
internal sealed class ScriptRunner : IDisposable
{
    /// <summary>Exit code of a script that wrote an error, or ended in one.</summary>
    public const int Failed = 1;

    /// <summary>Exit code after Ctrl+C, as shells have it.</summary>
    public const int Interrupted = 130;

    private readonly ShellHost _host;
    private readonly Runspace _runspace;

    /// <summary>Opens the engine and imports the module.</summary>
    public ScriptRunner(ShellHost host, string manifest)
    {
        _host = host;
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(manifest);
        state.ThrowOnRunspaceOpenError = true;

        // A pwsh elsewhere on the machine must not lend its modules: scripts would work here and fail on the next machine.
        state.Variables.Add(new SessionStateVariableEntry(
            "PSModuleAutoLoadingPreference", PSModuleAutoLoadingPreference.None, "Only core commands and our own."));
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        _runspace = RunspaceFactory.CreateRunspace(host, state);
        _runspace.Open();
    }

    /// <summary>Runs one call to its end, everything that it emits shown by the host.</summary>
    /// <returns>The exit code: the script's own, or 1 when it wrote an error.</returns>
    public int Run(ScriptCall call, CancellationToken cancellationToken)
    {
        using var shell = PowerShell.Create(_runspace);
        call.AddTo(shell);
        using var stop = cancellationToken.Register(() => shell.BeginStop(null, null));
        try
        {
            RunOnHost(shell);
        }
        catch (PipelineStoppedException)
        {
            return Interrupted;
        }
        catch (RuntimeException failure)
        {
            Show(failure.ErrorRecord);
            return _host.ExitCode ?? Failed;
        }
        finally
        {
            _host.EndProgress();
        }

        return _host.ExitCode ?? LastExitCode() ?? (_host.ErrorLines > 0 ? Failed : 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _runspace.Dispose();

    // Where a script file says exit, the engine leaves its code here, as it does for native programs.
    private int? LastExitCode() => _runspace.SessionStateProxy.GetVariable("LASTEXITCODE") is int code and not 0 ? code : null;

    // An error that ended the script, shown by the engine's own error view like those that did not.
    private void Show(ErrorRecord error)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript("[CmdletBinding()] param($ErrorRecord) $PSCmdlet.WriteError($ErrorRecord)").AddArgument(error);
        RunOnHost(shell);
    }

    private static void RunOnHost(PowerShell shell)
    {
        foreach (var command in shell.Commands.Commands)
        {
            command.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        }

        shell.AddCommand("Out-Default").Invoke();
    }
}
