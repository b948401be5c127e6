using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Assistant.Server;
using TandemFetch.Hosting;

namespace TandemFetch.Commands;

/// <summary>
/// Serves an assistant on this machine, which can read the file and do nothing else, over the standard input and
/// output. A client starts it; <c>Get-TandemAssistantConfiguration</c> prints what the client needs for that.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "TandemAssistantServer", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class StartTandemAssistantServerCommand : AssistantCommand
{
    /// <inheritdoc/>
    protected override void End()
    {
        // What -Verbose says of the question, too, would be no message of the protocol.
        using var output = MyInvocation.BoundParameters.ContainsKey("WhatIf") ? null : StandardOutput.Take();
        var scope = Scope();
        if (!ShouldProcess(scope.Database, "Serve an assistant") || output is null)
        {
            return;
        }

        if (!Console.IsInputRedirected)
        {
            throw new TandemException(
                "AssistantClientMissing",
                TandemErrorKind.InvalidArgument,
                "The server speaks with a program, and not with a terminal. Get-TandemAssistantConfiguration prints "
                + "what the program of your assistant needs to start it.");
        }

        Await((_, cancellationToken) => AssistantServer.RunOnStandardStreamsAsync(
            scope, Limits(), AuditFile.OfUser(), output, cancellationToken));
    }
}
