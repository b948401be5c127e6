using System.Management.Automation;
using TandemFetch.Engine;

namespace TandemFetch.Hosting;

/// <summary>
/// The calls to PowerShell that an asynchronous body may make, from any thread. They are made in order; they block
/// while the pipeline has a backlog and throw <see cref="OperationCanceledException"/> once it accepts no more output.
/// </summary>
public sealed class PipelineWriter
{
    private readonly TandemCommand _command;
    private readonly PipelinePump _pump;

    internal PipelineWriter(TandemCommand command, PipelinePump pump)
    {
        _command = command;
        _pump = pump;
    }

    /// <summary>Raised after an object was emitted, on the thread that emitted it.</summary>
    internal event Action? ObjectWritten;

    /// <summary>Emits one object.</summary>
    public void WriteObject(object? value)
    {
        _pump.Post(() => _command.WriteObject(value));
        ObjectWritten?.Invoke();
    }

    /// <summary>Reports that one item failed; the command continues.</summary>
    public void WriteFailure(TandemException failure) => _pump.Post(() => _command.WriteError(ErrorRecords.From(failure)));

    /// <summary>Writes a progress message, for <c>-Verbose</c>.</summary>
    public void WriteVerbose(string text) => _pump.Post(() => _command.WriteVerbose(text));

    /// <summary>Writes a summary, for <c>-InformationAction Continue</c>.</summary>
    public void WriteInformation(object message, params string[] tags) =>
        _pump.Post(() => _command.WriteInformation(message, tags));

    /// <summary>Asks whether to continue, according to <c>-WhatIf</c> and <c>-Confirm</c>.</summary>
    public bool ShouldProcess(string target, string action) => _pump.Ask(() => _command.ShouldProcess(target, action));

    /// <summary>Asks whether to continue, in the caller's words, and returns the reason if not.</summary>
    public bool ShouldProcess(string description, string question, string caption, out ShouldProcessReason reason)
    {
        var (goesOn, why) = _pump.Ask(() => (_command.ShouldProcess(description, question, caption, out var because), because));
        reason = why;
        return goesOn;
    }

    /// <summary>Queues a call from an observer, which must never throw.</summary>
    internal void Tell(Action<TandemCommand> call) => _pump.TryPost(() => call(_command));
}
