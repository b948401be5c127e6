using TandemFetch.Sandbox.Account;
using TandemFetch.Sandbox.Faults;
using TandemFetch.Sandbox.Identity;
using TandemFetch.Sandbox.Logs;

namespace TandemFetch.Sandbox;

/// <summary>
/// A running sandbox that stands in for Tandem Source, on the loopback interface. Nothing is kept after it is disposed.
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private SandboxServer(
        WebApplication application, Uri baseAddress, SandboxAccount account, IdentityStore identity, FaultBoard faults, RequestLedger ledger)
    {
        _application = application;
        BaseAddress = baseAddress;
        Account = account;
        Identity = identity;
        Faults = faults;
        Requests = ledger;
    }

    /// <summary>The base of all paths, with a trailing slash.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The account, its pumps and their truth.</summary>
    public SandboxAccount Account { get; }

    /// <summary>Sessions, tokens and locks.</summary>
    public IdentityStore Identity { get; }

    /// <summary>What goes wrong.</summary>
    public FaultBoard Faults { get; }

    /// <summary>The requests and their responses.</summary>
    public RequestLedger Requests { get; }

    /// <summary>Starts a sandbox.</summary>
    /// <param name="options">What it is started with.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="TimeZoneNotFoundException">The zone is not known.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SandboxOptions();
        var account = new SandboxAccount(options);
        var identity = new IdentityStore(options);
        var faults = new FaultBoard();
        var ledger = new RequestLedger();

        var application = LoopbackHost.Create(options.Port);
        application.Use(ledger.RecordAsync);
        application.Use(LoopbackHost.RefuseOtherNamesAsync);
        application.Use(new FaultInjection(faults, options.TimeProvider).InvokeAsync);
        application.UseRouting();
        new IdentityEndpoints(identity, account, options).Map(application);
        new PumperEndpoint(identity, account, options).Map(application);
        new PumperDevicesEndpoint(identity, account).Map(application);
        new PumpLogEndpoint(identity, account, options).Map(application);
        new TruthEndpoint(account).Map(application);
        new ControlEndpoints(identity, account, faults, ledger).Map(application);
        var address = await LoopbackHost.StartAsync(application, cancellationToken);
        return new SandboxServer(application, address, account, identity, faults, ledger);
    }

    /// <summary>The pump's time passes without a pause.</summary>
    public void AdvanceLog(TimeSpan time) => Account.Advance(time);

    /// <summary>Every access token is rejected from now on.</summary>
    public void RevokeTokens() => Identity.RevokeTokens();

    /// <summary>Waits until the sandbox is stopped, by Ctrl+C or the token.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) =>
        _application.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => LoopbackHost.EndAsync(_application);

    internal static string BaseOf(HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
