using TandemFetch.Engine.Catalog;
using TandemFetch.Engine.Source;
using TandemFetch.Sandbox;

namespace TandemFetch.Engine.Tests.Support;

/// <summary>A sandbox and a client that is signed in to it, over real HTTP.</summary>
internal sealed class SandboxSource : IAsyncDisposable
{
    private SandboxSource(SandboxServer server, TandemSourceClient client) => (Server, Client) = (server, client);

    public static DateOnly LastDay { get; } = new(2026, 6, 30);

    public SandboxServer Server { get; }

    public TandemSourceClient Client { get; }

    public static async Task<SandboxSource> StartAsync(SandboxOptions? options = null)
    {
        options ??= new SandboxOptions { Days = 100, Sparse = true };
        var server = await SandboxServer.StartAsync(options with
        {
            EndDate = LastDay,
            TimeZone = TestDatabase.Zone,
        });
        var client = await TandemSourceClient.ConnectAsync(
            new SourceOptions
            {
                Endpoint = server.BaseAddress,
                EventCodes = EventCatalog.Default.Codes,
                BaseDelay = TimeSpan.FromMilliseconds(1),
                MaxRetryAfter = TimeSpan.FromMilliseconds(1),
            },
            new SourceCredential(SandboxOptions.Email, () => SandboxOptions.Password, Regions.US),
            SilentObserver.Instance,
            TestContext.Current.CancellationToken);
        return new SandboxSource(server, client);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }
}
