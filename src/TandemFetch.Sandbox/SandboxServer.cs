using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
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

        // The empty builder reads no configuration from the current directory, and watches no files.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        var application = builder.Build();
        application.Use(ledger.RecordAsync);
        application.Use(LoopbackOnlyAsync);
        application.Use(new FaultInjection(faults, options.TimeProvider).InvokeAsync);
        application.UseRouting();
        new IdentityEndpoints(identity, account, options).Map(application);
        new PumperEndpoint(identity, account, options).Map(application);
        new PumperDevicesEndpoint(identity, account).Map(application);
        new PumpLogEndpoint(identity, account, options).Map(application);
        new TruthEndpoint(account).Map(application);
        new ControlEndpoints(identity, account, faults, ledger).Map(application);
        await application.StartAsync(cancellationToken);

        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new SandboxServer(application, new Uri(address), account, identity, faults, ledger);
    }

    /// <summary>The pump's time passes without a pause.</summary>
    public void AdvanceLog(TimeSpan time) => Account.Advance(time);

    /// <summary>Every access token is rejected from now on.</summary>
    public void RevokeTokens() => Identity.RevokeTokens();

    /// <summary>Waits until the sandbox is stopped, by Ctrl+C or the token.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) =>
        _application.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _application.StopAsync(patience.Token);
        await _application.DisposeAsync();
    }

    internal static string BaseOf(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    /// <summary>A page of another site must not reach the sandbox under a host name of its own.</summary>
    internal static Task LoopbackOnlyAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Host.Host is "127.0.0.1" or "localhost" or "[::1]")
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return Task.CompletedTask;
    }
}
