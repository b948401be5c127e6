using System.Management.Automation;
using TandemFetch.Engine;

namespace TandemFetch.Hosting;

/// <summary>
/// What an asynchronous body may ask of PowerShell, from any thread. Calls arrive in order; they block while the pipeline
/// has a backlog and throw <see cref="OperationCanceledException"/> once it wants no more.
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

    /// <summary>Emits one object.</summary>
    public void WriteObject(object? value) => _pump.Post(() => _command.WriteObject(value));

    /// <summary>Reports that one item failed; the command goes on.</summary>
    public void WriteFailure(TandemException failure) => _pump.Post(() => _command.WriteError(ErrorRecords.From(failure)));

    /// <summary>A line of the story, for <c>-Verbose</c>.</summary>
    public void WriteVerbose(string text) => _pump.Post(() => _command.WriteVerbose(text));

    /// <summary>A summary, for <c>-InformationAction Continue</c>.</summary>
    public void WriteInformation(object message, params string[] tags) =>
        _pump.Post(() => _command.WriteInformation(message, tags));

    /// <summary>Asks whether to go on, as <c>-WhatIf</c> and <c>-Confirm</c> have it.</summary>
    public bool ShouldProcess(string target, string action) => _pump.Ask(() => _command.ShouldProcess(target, action));

    /// <summary>Asks whether to go on, in words of the caller's, and tells why not.</summary>
    public bool ShouldProcess(string description, string question, string caption, out ShouldProcessReason reason)
    {
        var (goesOn, why) = _pump.Ask(() => (_command.ShouldProcess(description, question, caption, out var because), because));
        reason = why;
        return goesOn;
    }

    /// <summary>Queues a call for an observer, which must never throw.</summary>
    internal void Tell(Action<TandemCommand> call) => _pump.TryPost(() => call(_command));
}
