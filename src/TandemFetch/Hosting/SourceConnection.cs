using TandemFetch.Engine;
using TandemFetch.Engine.Catalog;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Source;
using TandemFetch.Records;

namespace TandemFetch.Hosting;

/// <summary>A signed-in session of a runspace, and what its credentials say besides the account.</summary>
internal sealed class SourceConnection : ILogSource, IAsyncDisposable
{
    private readonly SourceCredential _credential;
    private readonly ForwardingObserver _observer;

    private SourceConnection(TandemSourceClient client, SourceCredential credential, ForwardingObserver observer)
    {
        Client = client;
        _credential = credential;
        _observer = observer;
    }

    /// <summary>The session of this runspace; null where nobody signed in.</summary>
    public static SourceConnection? Current
    {
        get => RunspaceSessions<SourceConnection>.Current;
        set => RunspaceSessions<SourceConnection>.Current = value;
    }

    /// <summary>Where accounts and log pages come from.</summary>
    public TandemSourceClient Client { get; }

    /// <summary>IANA zone that the pump's clock is set to, or null.</summary>
    public string? TimeZone { get; private init; }

    /// <summary>The one pump that the credentials name, or null.</summary>
    public string? PumpSerial => _credential.PumpSerial;

    /// <summary>The pumps of the account as they were last asked for; empty before that.</summary>
    public IReadOnlyList<Pump> KnownPumps { get; private set; } = [];

    /// <summary>Signs in, or takes up the stored sign-in.</summary>
    /// <param name="request">What was given directly.</param>
    /// <param name="endpoint">Another server than Tandem's own, or null.</param>
    /// <param name="keepsToken">Whether the token is stored for the next run.</param>
    /// <param name="observer">Hears what is being done.</param>
    /// <param name="cancellationToken">Ends the sign-in.</param>
    /// <exception cref="TandemException">No account, or the sign-in failed.</exception>
    public static async Task<SourceConnection> OpenAsync(
        CredentialRequest request,
        Uri? endpoint,
        bool keepsToken,
        IRunObserver observer,
        CancellationToken cancellationToken)
    {
        var credential = CredentialFinder.Find(request, environment: null, observer);
        var zone = credential.TimeZone is { } named ? ZoneRules.Find(named).Name : null;
        var options = new SourceOptions
        {
            Endpoint = endpoint,
            EventCodes = EventCatalog.Default.Codes,
            TokenCache = keepsToken ? TokenCache.OfUser() : null,
        };
        var forwarding = new ForwardingObserver();
        using (forwarding.To(observer))
        {
            var client = await TandemSourceClient.ConnectAsync(options, credential, forwarding, cancellationToken).ConfigureAwait(false);
            return new SourceConnection(client, credential, forwarding) { TimeZone = zone };
        }
    }

    /// <summary>The account's pumps, asked for anew.</summary>
    public async Task<SourceAccount> GetAccountAsync(CancellationToken cancellationToken)
    {
        var account = await Client.GetAccountAsync(cancellationToken).ConfigureAwait(false);
        KnownPumps = account.ToPumps(TimeZone, []);
        return account;
    }

    /// <inheritdoc/>
    public Task<LogPage> GetLogPageAsync(string assignmentId, DateOnly firstDay, DateOnly lastDay, CancellationToken cancellationToken) =>
        Client.GetLogPageAsync(assignmentId, firstDay, lastDay, cancellationToken);

    /// <summary>Lets a command hear what the session does, until the result is disposed.</summary>
    public IDisposable HeardBy(IRunObserver observer) => _observer.To(observer);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Client.DisposeAsync();

    /// <summary>What may be shown of it.</summary>
    public SourceSession Describe() => new()
    {
        Region = Client.Region.Name,
        Server = Client.Server,
        TimeZone = TimeZone,
        PumpSerial = PumpSerial,
        Credentials = _credential.Origin,
        TokenExpires = Client.TokenExpires,
    };
}
