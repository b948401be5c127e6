using TandemFetch.Engine;
using TandemFetch.Engine.Catalog;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Source;
using TandemFetch.Records;

namespace TandemFetch.Hosting;

/// <summary>A signed-in session of a runspace, and what its credentials specify besides the account.</summary>
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

    /// <summary>The session of this runspace; null if nobody has signed in.</summary>
    public static SourceConnection? Current
    {
        get => RunspaceSessions<SourceConnection>.Current;
        set => RunspaceSessions<SourceConnection>.Current = value;
    }

    /// <summary>The source of accounts and log pages.</summary>
    public TandemSourceClient Client { get; }

    /// <summary>IANA zone that the pump's clock is set to, or null.</summary>
    public string? TimeZone { get; private init; }

    /// <summary>The one pump that the credentials specify, or null.</summary>
    public string? PumpSerial => _credential.PumpSerial;

    /// <summary>The pumps of the account as last requested; empty before that.</summary>
    public IReadOnlyList<Pump> KnownPumps { get; private set; } = [];

    /// <summary>Signs in, or uses the stored sign-in.</summary>
    /// <param name="request">What the command specifies.</param>
    /// <param name="endpoint">A server other than Tandem's own, or null.</param>
    /// <param name="keepsToken">Whether the token is stored for the next run.</param>
    /// <param name="observer">Receives progress and messages.</param>
    /// <param name="cancellationToken">Cancels the sign-in.</param>
    /// <exception cref="TandemException">There is no account, or the sign-in failed.</exception>
    public static async Task<SourceConnection> OpenAsync(
        CredentialRequest request,
        Uri? endpoint,
        bool keepsToken,
        IRunObserver observer,
        CancellationToken cancellationToken)
    {
        var cache = keepsToken ? TokenCache.OfUser() : null;
        var credential = CredentialFinder.Find(
            request,
            environment: null,
            observer,
            cache is null ? null : () => cache.Find(endpoint, TimeProvider.System.GetUtcNow(), observer));
        var zone = credential.TimeZone is { } named ? ZoneRules.Find(named).Name : null;
        var options = new SourceOptions
        {
            Endpoint = endpoint,
            EventCodes = EventCatalog.Default.Codes,
            TokenCache = cache,

            // Whoever types a password wants to know whether it is right.
            SignsInFirst = request.Password is not null,
        };
        var forwarding = new ForwardingObserver();
        using (forwarding.To(observer))
        {
            var client = await TandemSourceClient.ConnectAsync(options, credential, forwarding, cancellationToken).ConfigureAwait(false);
            return new SourceConnection(client, credential, forwarding) { TimeZone = zone };
        }
    }

    /// <summary>Requests the account's pumps again.</summary>
    public async Task<SourceAccount> GetAccountAsync(CancellationToken cancellationToken)
    {
        var account = await Client.GetAccountAsync(cancellationToken).ConfigureAwait(false);
        KnownPumps = account.ToPumps(TimeZone, []);
        return account;
    }

    /// <inheritdoc/>
    public Task<LogPage> GetLogPageAsync(string assignmentId, DateOnly firstDay, DateOnly lastDay, CancellationToken cancellationToken) =>
        Client.GetLogPageAsync(assignmentId, firstDay, lastDay, cancellationToken);

    /// <summary>Forwards the session's messages to a command until the result is disposed.</summary>
    public IDisposable HeardBy(IRunObserver observer) => _observer.To(observer);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Client.DisposeAsync();

    /// <summary>The parts of the session that may be shown.</summary>
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
