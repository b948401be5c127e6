using TandemFetch.Engine;
using TandemFetch.Engine.Source;

namespace TandemFetch.Hosting;

/// <summary>
/// The base of all commands that use Tandem Source: they connect by themselves if nobody has signed in.
/// </summary>
public abstract class SourceCommand : DatabaseCommand
{
    /// <summary>
    /// Opens a session for this command alone; the stored token makes the next one cheap.
    /// </summary>
    /// <param name="request">What <see cref="TandemCommand.RequestAccount"/> returned.</param>
    /// <param name="observer">Receives progress and messages.</param>
    /// <param name="cancellationToken">Cancels the sign-in.</param>
    private protected static async Task<SourceConnection> ConnectAsync(
        CredentialRequest request,
        IRunObserver observer,
        CancellationToken cancellationToken) =>
        await SourceConnection.OpenAsync(
            request,
            SourceEndpoint.Find(null),
            keepsToken: true,
            observer,
            cancellationToken).ConfigureAwait(false);
}
