using System.Text.Json.Nodes;
using TandemFetch.Engine.Nightscout;
using TandemFetch.Engine.Source;
using TandemFetch.Records;
using TandemFetch.Sandbox.Nightscout;
using UploadRequest = TandemFetch.Engine.Nightscout.NightscoutRequest;

namespace TandemFetch.Engine.Tests.Nightscout;

/// <summary>A stand-in for a Nightscout site, and uploads to it.</summary>
internal sealed class StubSite : IAsyncDisposable
{
    public const string Secret = "a secret of the site";

    // What the server adds, or makes by chance.
    private static readonly HashSet<string> ServerFields = ["_id", "srvModified", "srvCreated"];

    private StubSite(NightscoutServer server) => Server = server;

    public NightscoutServer Server { get; }

    public Uri Address => Server.BaseAddress;

    public static ExchangeOptions Options { get; } = new()
    {
        BaseDelay = TimeSpan.FromMilliseconds(1),
        MaxDelay = TimeSpan.FromMilliseconds(5),
        MaxRetryAfter = TimeSpan.FromMilliseconds(5),
    };

    public static async Task<StubSite> StartAsync(NightscoutOptions? options = null) => new(await NightscoutServer.StartAsync(
        (options ?? new NightscoutOptions()) with { ApiSecret = Secret, WaitsForDelays = false },
        TestContext.Current.CancellationToken));

    /// <summary>Uploads a file.</summary>
    public async Task<IReadOnlyList<NightscoutUpload>> PublishAsync(
        PumpFile file,
        UploadRequest? request = null,
        NightscoutCredential? credential = null,
        ExchangeOptions? options = null,
        IRunObserver? observer = null) =>
        await new NightscoutUploader(
            file.Database, NightscoutAddress.Parse(Address.AbsoluteUri), observer ?? SilentObserver.Instance)
            .RunAsync(
                request ?? new UploadRequest(),
                credential ?? NightscoutCredential.OfSecret(Secret),
                options ?? Options,
                TestContext.Current.CancellationToken);

    /// <summary>All documents without their chance ids, one line each, in an order of their own.</summary>
    public IReadOnlyList<string> Dump() =>
    [
        .. Lines("entries", Server.Entries)
            .Concat(Lines("treatments", Server.Treatments))
            .Concat(Lines("devicestatus", Server.DeviceStatus))
            .Concat(Lines("profile", Server.Profiles))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>How many requests changed something or tried to.</summary>
    public int Changes() => Server.Requests.All.Count(request => request.Method is not "GET");

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static IEnumerable<string> Lines(string collection, IEnumerable<JsonObject> documents) =>
        documents.Select(document => $"{collection} " + new JsonObject(document
            .Where(field => !ServerFields.Contains(field.Key))
            .OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))).ToJsonString());
}
