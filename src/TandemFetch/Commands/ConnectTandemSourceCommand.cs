using System.Globalization;
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
    /// E-mail address and password of the account, which are always used to sign in; without a password, the stored
    /// sign-in of that account is used. By default, the account comes from the environment variables
    /// <c>TANDEM_EMAIL</c> and <c>TANDEM_PASSWORD</c>, otherwise from the secret in the user's settings, otherwise from
    /// <c>sensitive/credentials.toml</c> under the current location, otherwise from a stored sign-in.
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

    // PowerShell shows information with this tag without being asked, as it does for Write-Host.
    private const string ShownByHost = "PSHOST";

    /// <inheritdoc/>
    protected override void Process()
    {
        var endpoint = SourceEndpoint.Find(Endpoint);
        var region = Region is null ? null : TandemRegion.Parse(Region, "-Region");
        var request = RequestAccount(Credential) with { Region = region, TimeZone = TimeZone };
        SourceConnection? opened = null;
        Await(async (pipeline, cancellationToken) =>
        {
            using var observer = new CmdletObserver(pipeline);
            opened = await SourceConnection.OpenAsync(request, endpoint, !NoTokenCache, observer, cancellationToken).ConfigureAwait(false);
        });

        SourceConnection.Current?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        SourceConnection.Current = opened;
        var session = opened!.Describe();
        WriteInformation(Summary(session), [ShownByHost, "TandemFetch"]);
        if (PassThru)
        {
            WriteObject(session);
        }
    }

    private static string Summary(SourceSession session)
    {
        var until = session.TokenExpires is { } expires
            ? string.Create(CultureInfo.InvariantCulture, $", signed in until {expires.ToLocalTime():yyyy-MM-dd HH:mm}")
            : "";
        return $"Connected to {session.Server} ({session.Region}) with the account from {session.Credentials}{until}.";
    }
}
