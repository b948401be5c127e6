using System.Management.Automation;
using TandemFetch.Engine.Source;
using TandemFetch.Hosting;

namespace TandemFetch.Commands;

/// <summary>Ends the session of this runspace and deletes its stored token.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "TandemSource", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class DisconnectTandemSourceCommand : TandemCommand
{
    /// <inheritdoc/>
    protected override void Process()
    {
        if (SourceConnection.Current is not { } connection)
        {
            ClearCache();
            return;
        }

        if (ShouldProcess(connection.Client.Server.ToString(), "End the session and delete its stored token"))
        {
            SourceConnection.Current = null;
            Await(async (_, cancellationToken) =>
            {
                await using var client = connection.Client.ConfigureAwait(false);
                await connection.Client.SignOutAsync(cancellationToken).ConfigureAwait(false);
            });
        }
    }

    private void ClearCache()
    {
        var cache = TokenCache.OfUser();
        if (ShouldProcess(cache.Directory, "Delete all stored tokens"))
        {
            WriteVerbose($"{cache.Clear()} stored tokens deleted from {cache.Directory}.");
        }
    }
}
