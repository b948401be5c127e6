using TandemFetch.Engine;
using TandemFetch.Engine.Source;

namespace TandemFetch.Hosting;

/// <summary>
/// The base of all commands that use Tandem Source: they connect by themselves if nobody has signed in.
/// </summary>
public abstract class SourceCommand : DatabaseCommand
{
    /// <summary>
    /// Opens a session from the file or the environment, for this command alone; the stored token makes the next one
    /// cheap.
    /// </summary>
    /// <param name="directory">Where to look for <c>sensitive/credentials.toml</c>.</param>
    /// <param name="observer">Receives progress and messages.</param>
    /// <param name="cancellationToken">Cancels the sign-in.</param>
    private protected static async Task<SourceConnection> ConnectAsync(
        string directory,
        IRunObserver observer,
        CancellationToken cancellationToken) =>
        await SourceConnection.OpenAsync(
            new CredentialRequest { Directory = directory },
            SourceEndpoint.Find(null),
            keepsToken: true,
            observer,
            cancellationToken).ConfigureAwait(false);

    /// <summary>Where to look for <c>sensitive/credentials.toml</c>. Read this on the pipeline thread.</summary>
    private protected string CredentialDirectory => SessionState.Path.CurrentFileSystemLocation.ProviderPath;
}
