using System.Management.Automation;
using TandemFetch.Engine.Source;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Signs in to Tandem Source and keeps the session in this runspace.</summary>
[Cmdlet(VerbsCommunications.Connect, "TandemSource")]
[OutputType(typeof(SourceSession))]
public sealed class ConnectTandemSourceCommand : TandemCommand
{
    /// <summary>
    /// E-mail address and password of the account. By default, they come from <c>sensitive/credentials.toml</c> under
    /// the current location or, if there is no such file, from the environment variables <c>TANDEM_EMAIL</c> and
    /// <c>TANDEM_PASSWORD</c>.
    /// </summary>
    [Parameter(Position = 0)]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary><c>US</c> for the United States, Canada and Mexico, <c>EU</c> for every other country.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Region { get; set; }

    /// <summary>IANA name of the zone that the pump's clock is set to, such as <c>America/New_York</c>.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    [ValidateNotNullOrEmpty]
    public string? TimeZone { get; set; }

    /// <summary>
    /// Address of a server other than Tandem's own, such as a sandbox; <c>$env:TANDEM_ENDPOINT</c> by default.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Endpoint { get; set; }

    /// <summary>Neither uses nor stores a token, so every run signs in again.</summary>
    [Parameter]
    public SwitchParameter NoTokenCache { get; set; }

    /// <summary>Emits the session.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var request = new CredentialRequest
        {
            Email = Credential?.UserName,
            Password = Credential is { } given ? () => given.GetNetworkCredential().Password : null,
            Region = Region is { } region ? TandemRegion.Parse(region, "-Region") : null,
            TimeZone = TimeZone,
            Directory = SessionState.Path.CurrentFileSystemLocation.ProviderPath,
        };
        var endpoint = SourceEndpoint.Find(Endpoint);
        SourceConnection? opened = null;
        Await(async (pipeline, cancellationToken) =>
        {
            using var observer = new CmdletObserver(pipeline);
            opened = await SourceConnection.OpenAsync(request, endpoint, !NoTokenCache, observer, cancellationToken).ConfigureAwait(false);
        });

        SourceConnection.Current?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        SourceConnection.Current = opened;
        WriteVerbose($"Connected to {opened!.Client.Server} ({opened.Client.Region}).");
        if (PassThru)
        {
            WriteObject(opened.Describe());
        }
    }
}
