using TandemFetch.Engine.Catalog;
using TandemFetch.Engine.Source;
using TandemFetch.Sandbox;

namespace TandemFetch.Engine.Tests.Support;

/// <summary>Signing in to a sandbox as a backfill does, with the pauses between attempts cut short.</summary>
internal static class SandboxAccess
{
    public static Task<TandemSourceClient> ConnectAsync(
        SandboxServer sandbox, IRunObserver? observer = null, TokenCache? cache = null, SilenceTime? time = null) =>
        ConnectAsync(sandbox.BaseAddress, observer, cache, time);

    public static Task<TandemSourceClient> ConnectAsync(
        Uri address, IRunObserver? observer = null, TokenCache? cache = null, SilenceTime? time = null) =>
        TandemSourceClient.ConnectAsync(
            new SourceOptions
            {
                Endpoint = address,
                EventCodes = EventCatalog.Default.Codes,
                BaseDelay = TimeSpan.FromMilliseconds(1),
                MaxDelay = TimeSpan.FromMilliseconds(5),
                MaxRetryAfter = TimeSpan.FromMilliseconds(5),
                TokenCache = cache,
                SilenceTimeout = time is null ? TimeSpan.FromSeconds(100) : SilenceTime.ClientLimit,
                Time = time ?? TimeProvider.System,
            },
            new SourceCredential(SandboxOptions.Email, () => SandboxOptions.Password, Regions.US),
            observer ?? SilentObserver.Instance,
            TestContext.Current.CancellationToken);
}
