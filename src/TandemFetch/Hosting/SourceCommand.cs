using TandemFetch.Engine;
using TandemFetch.Engine.Source;

namespace TandemFetch.Hosting;

/// <summary>What all commands that ask Tandem Source have in common: they connect by themselves where nobody has.</summary>
public abstract class SourceCommand : DatabaseCommand
{
    /// <summary>Opens a session from file or environment, for this command alone; the stored token makes the next one cheap.</summary>
    /// <param name="directory">Where <c>sensitive/credentials.toml</c> is looked for.</param>
    /// <param name="observer">Hears what is being done.</param>
    /// <param name="cancellationToken">Ends the sign-in.</param>
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

    /// <summary>Where <c>sensitive/credentials.toml</c> is looked for. To be read on the pipeline thread.</summary>
    private protected string CredentialDirectory => SessionState.Path.CurrentFileSystemLocation.ProviderPath;
}
