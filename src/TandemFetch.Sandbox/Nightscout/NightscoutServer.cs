using System.Text.Json.Nodes;
using TandemFetch.Sandbox.Faults;
using TandemFetch.Sandbox.Nightscout.Access;
using TandemFetch.Sandbox.Nightscout.Documents;
using TandemFetch.Sandbox.Nightscout.Endpoints;

namespace TandemFetch.Sandbox.Nightscout;

/// <summary>
/// A running server that stands in for Nightscout (cgm-remote-monitor 15.0.7, API v1), on the loopback interface.
/// Nothing is kept after it is disposed.
/// </summary>
public sealed class NightscoutServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly NightscoutOptions _options;
    private readonly IReadOnlyDictionary<NightscoutCollection, DocumentStore> _stores;

    private NightscoutServer(
        WebApplication application,
        Uri baseAddress,
        NightscoutOptions options,
        IReadOnlyDictionary<NightscoutCollection, DocumentStore> stores,
        FaultBoard faults,
        NightscoutLedger requests)
    {
        _application = application;
        _options = options;
        _stores = stores;
        BaseAddress = baseAddress;
        Faults = faults;
        Requests = requests;
    }

    /// <summary>The base of all paths, with a trailing slash.</summary>
    public Uri BaseAddress { get; }

    /// <summary>What goes wrong.</summary>
    public FaultBoard Faults { get; }

    /// <summary>The requests and how they ended.</summary>
    public NightscoutLedger Requests { get; }

    /// <summary>Copies of the stored treatments, sorted by time.</summary>
    public IReadOnlyList<JsonObject> Treatments => All(NightscoutCollection.Treatments);

    /// <summary>Copies of the stored entries, sorted by time.</summary>
    public IReadOnlyList<JsonObject> Entries => All(NightscoutCollection.Entries);

    /// <summary>Copies of the stored reports of devices, sorted by time.</summary>
    public IReadOnlyList<JsonObject> DeviceStatus => All(NightscoutCollection.DeviceStatus);

    /// <summary>Copies of the stored profiles, sorted by start.</summary>
    public IReadOnlyList<JsonObject> Profiles => All(NightscoutCollection.Profile);

    /// <summary>Starts a server.</summary>
    /// <param name="options">What it is started with.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<NightscoutServer> StartAsync(
        NightscoutOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new NightscoutOptions();
        var faults = new FaultBoard();
        var ledger = new NightscoutLedger(options.TimeProvider);
        var rules = new Dictionary<NightscoutCollection, CollectionRules>
        {
            [NightscoutCollection.Entries] = new EntryRules(),
            [NightscoutCollection.Treatments] = new TreatmentRules(),
            [NightscoutCollection.DeviceStatus] = new DeviceStatusRules(),
            [NightscoutCollection.Profile] = new ProfileRules(),
        };
        var stores = rules.ToDictionary(r => r.Key, r => new DocumentStore(r.Value, options.TimeProvider));

        var application = LoopbackHost.Create(options.Port, kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
        });
        application.Use(ledger.RecordAsync);
        application.Use(LoopbackHost.RefuseOtherNamesAsync);
        application.Use(new FaultInjection(faults, options.TimeProvider).InvokeAsync);
        application.Use(PathExtension.InvokeAsync);
        application.UseRouting();
        var access = new AccessControl(options);
        var guard = new Guard(access);
        new AuthorizationEndpoints(access, options).Map(application);
        new StatusEndpoint(guard, options.TimeProvider).Map(application);
        new RefusingEndpoints(access).Map(application);
        foreach (var (collection, store) in stores)
        {
            new CollectionEndpoints(rules[collection], store, guard).Map(application);
        }

        var address = await LoopbackHost.StartAsync(application, cancellationToken);
        return new NightscoutServer(application, address, options, stores, faults, ledger);
    }

    /// <summary>The access token of a subject.</summary>
    /// <param name="subject">The subject's name.</param>
    /// <exception cref="ArgumentException">There is no such subject.</exception>
    public string TokenOf(string subject) =>
        _options.Subjects.FirstOrDefault(s => s.Name == subject)?.TokenFor(_options.ApiSecret)
        ?? throw new ArgumentException($"There is no subject named {subject}.", nameof(subject));

    /// <summary>Stores documents of another uploader, by the same rules as a POST.</summary>
    /// <param name="collection">Where to.</param>
    /// <param name="documents">The documents; they are not changed.</param>
    public void Insert(NightscoutCollection collection, params IEnumerable<JsonObject> documents) =>
        _stores[collection].Post(documents.Select(d => JsonNode.Parse(StoredDocument.ToBytes(d))!.AsObject()));

    /// <summary>Waits until the server is stopped, by Ctrl+C or the token.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) =>
        _application.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => LoopbackHost.EndAsync(_application);

    private IReadOnlyList<JsonObject> All(NightscoutCollection collection) => _stores[collection].All();
}
