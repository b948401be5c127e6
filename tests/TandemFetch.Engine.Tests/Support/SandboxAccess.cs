using TandemFetch.Engine.Catalog;
using TandemFetch.Engine.Source;
using TandemFetch.Records;
using TandemFetch.Sandbox;

namespace TandemFetch.Engine.Tests.Support;

/// <summary>Signing in to a sandbox as a backfill does, with the pauses between attempts cut short.</summary>
internal static class SandboxAccess
{
    public static Task<TandemSourceClient> ConnectAsync(
        SandboxServer sandbox, IRunObserver? observer = null, TokenCache? cache = null, TimeSpan? silence = null) =>
        ConnectAsync(sandbox.BaseAddress, observer, cache, silence);

    public static Task<TandemSourceClient> ConnectAsync(
        Uri address, IRunObserver? observer = null, TokenCache? cache = null, TimeSpan? silence = null) =>
        TandemSourceClient.ConnectAsync(
            new SourceOptions
            {
                Endpoint = address,
                EventCodes = EventCatalog.Default.Codes,
                BaseDelay = TimeSpan.FromMilliseconds(1),
                MaxDelay = TimeSpan.FromMilliseconds(5),
                MaxRetryAfter = TimeSpan.FromMilliseconds(5),
                TokenCache = cache,
                SilenceTimeout = silence ?? TimeSpan.FromSeconds(100),
            },
            new SourceCredential(SandboxOptions.Email, () => SandboxOptions.Password, TandemRegion.US),
            observer ?? SilentObserver.Instance,
            TestContext.Current.CancellationToken);
}
