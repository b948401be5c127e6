using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TandemFetch.Sandbox.Nightscout.Queries;

namespace TandemFetch.Sandbox.Nightscout.Documents;

/// <summary>
/// The documents of one collection, found by id, identifier, natural key and time without looking at all of them.
/// Not safe to use from several threads by itself: hold <see cref="Gate"/>.
/// </summary>
internal sealed class DocumentStore(CollectionRules rules, TimeProvider time)
{
    private readonly Dictionary<string, StoredDocument> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly KeyIndex<string> _byIdentifier = new();
    private readonly KeyIndex<NaturalKey> _byKey = new();
    private readonly SortedSet<StoredDocument> _byTime = new(ByTime.Instance);
    private readonly string _process = RandomNumberGenerator.GetHexString(10, lowercase: true);
    private long _sequence;

    public Lock Gate { get; } = new();

    public TimeProvider Time => time;

    /// <summary>All documents in order of time.</summary>
    public IReadOnlyList<JsonObject> All()
    {
        lock (Gate)
        {
            return [.. _byTime.Select(d => d.ToObject())];
        }
    }

    /// <summary>Stores documents in their order as a POST does, and returns what it answers.</summary>
    /// <exception cref="BulkWriteException">A document was refused; those before it are stored.</exception>
    public JsonArray Post(IEnumerable<JsonObject> documents)
    {
        lock (Gate)
        {
            return [.. documents.SelectMany(d => rules.Post(d, this)).Select(d => d.DeepClone())];
        }
    }

    /// <summary>Stores a document as a PUT does, and returns what it answers.</summary>
    public JsonObject Put(JsonObject document)
    {
        lock (Gate)
        {
            return rules.Put(document, this);
        }
    }

    /// <summary>The documents that meet a query, newest first unless it says otherwise.</summary>
    public IReadOnlyList<JsonObject> Find(FindQuery query, int? count)
    {
        lock (Gate)
        {
            var found = Candidates(query).Select(d => d.ToObject()).Where(query.Matches);
            found = query.Sort is { } sort ? sort.Apply(found) : found;
            return [.. found.Take(count ?? int.MaxValue)];
        }
    }

    /// <summary>Removes the documents that meet a query and returns how many they were.</summary>
    public int Delete(FindQuery query)
    {
        lock (Gate)
        {
            var doomed = Candidates(query).Where(d => query.Matches(d.ToObject())).ToList();
            doomed.ForEach(Remove);
            return doomed.Count;
        }
    }

    public StoredDocument? ById(string id) => _byId.GetValueOrDefault(id);

    public StoredDocument? ByIdentifier(string identifier) =>
        _byIdentifier.TryFind(identifier, out var found) ? found : null;

    public StoredDocument? ByKey(NaturalKey key) => _byKey.TryFind(key, out var found) ? found : null;

    /// <summary>Inserts a document under its own <c>_id</c> or a new one, which it gets.</summary>
    /// <exception cref="BulkWriteException">The id is taken.</exception>
    public void Insert(JsonObject document)
    {
        var id = ScriptValue.TextOf(document["_id"]) ?? NewId();
        if (_byId.ContainsKey(id))
        {
            throw new BulkWriteException($"E11000 duplicate key error: _id {id}");
        }

        document["_id"] = id;
        Add(document, id, _sequence++);
    }

    /// <summary>Puts a document in the place of another one, whose <c>_id</c> stays.</summary>
    public void Replace(StoredDocument old, JsonObject document)
    {
        var replacement = document.DeepClone().AsObject();
        replacement["_id"] = old.Id;
        Remove(old);
        Add(replacement, old.Id, old.Sequence);
    }

    private void Add(JsonObject document, string id, long sequence)
    {
        var identifier = ScriptValue.IsTruthy(document["identifier"])
            ? ScriptValue.TextOf(document["identifier"]) ?? document["identifier"]!.ToJsonString()
            : null;
        var stored = new StoredDocument(
            sequence,
            id,
            rules.TimeOf(document),
            rules.KeyOf(document),
            identifier,
            StoredDocument.ToBytes(document));
        _byId.Add(id, stored);
        _byTime.Add(stored);
        if (identifier is not null)
        {
            _byIdentifier.Add(identifier, stored);
        }

        if (stored.Key is { } key)
        {
            _byKey.Add(key, stored);
        }
    }

    private void Remove(StoredDocument stored)
    {
        _byId.Remove(stored.Id);
        _byTime.Remove(stored);
        if (stored.Identifier is not null)
        {
            _byIdentifier.Remove(stored.Identifier, stored);
        }

        if (stored.Key is { } key)
        {
            _byKey.Remove(key, stored);
        }
    }

    /// <summary>Documents that can meet the query, the newest first.</summary>
    private IEnumerable<StoredDocument> Candidates(FindQuery query)
    {
        if (query.Id is { } id)
        {
            return (_byId.TryGetValue(id, out var found) ? [found] : _byIdentifier.All(id))
                .OrderDescending(ByTime.Instance);
        }

        if (query.Identifiers is { } identifiers)
        {
            return identifiers.SelectMany(_byIdentifier.All).OrderDescending(ByTime.Instance);
        }

        return query.From > query.To
            ? []
            : _byTime.GetViewBetween(ByTime.Lowest(query.From), ByTime.Highest(query.To)).Reverse();
    }

    /// <summary>Seconds since 1970, the process, and a counter, as MongoDB makes them.</summary>
    private string NewId() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(uint)time.GetUtcNow().ToUnixTimeSeconds():x8}{_process}{_sequence & 0xffffff:x6}");
}
