using System.Text.Json;
using System.Text.Json.Nodes;

namespace TandemFetch.Sandbox.Nightscout.Documents;

/// <summary>
/// Glucose readings. The same time and type are the same reading, whatever its identifier and device, and a second one
/// is merged into the first.
/// </summary>
internal sealed class EntryRules : CollectionRules
{
    public override string Name => "entries";

    public override string DateField => "date";

    public override bool DateIsNumber => true;

    public override int LargestBody => 50 * 1024 * 1024;

    public override IReadOnlySet<string> WholeNumberFields { get; } =
        new HashSet<string> { "date", "sgv", "filtered", "unfiltered", "rssi", "noise", "mbg" };

    /// <summary>A single document without a date is passed over.</summary>
    public override IEnumerable<JsonObject> Incoming(JsonNode body) =>
        body is JsonObject single && !single.ContainsKey("date") ? [] : base.Incoming(body);

    public override IEnumerable<JsonObject> Post(JsonObject document, DocumentStore store)
    {
        MoveForeignId(document);
        SetTime(document, store.Time);
        if (store.ByKey(KeyOf(document)!.Value) is not { } existing)
        {
            store.Insert(document);
            return [document];
        }

        var id = ScriptValue.TextOf(document["_id"]) ?? existing.Id;
        if (!id.Equals(existing.Id, StringComparison.OrdinalIgnoreCase))
        {
            throw new BulkWriteException("Performing an update on the path '_id' would modify the immutable field");
        }

        var merged = existing.ToObject();
        foreach (var (name, value) in document)
        {
            merged[name] = value?.DeepClone();
        }

        store.Replace(existing, merged);
        return [document];
    }

    public override double TimeOf(JsonObject document) =>
        document["date"]?.GetValueKind() == JsonValueKind.Number
            ? document["date"]!.GetValue<double>()
            : double.NegativeInfinity;

    /// <summary>Without a time or a type, only the same document is the same.</summary>
    public override NaturalKey? KeyOf(JsonObject document)
    {
        if (Moment.Read(document["sysTime"]) is { } time && ScriptValue.IsTruthy(document["type"]))
        {
            return new NaturalKey(time.Milliseconds, document["type"]!.ToString());
        }

        var content = document.DeepClone().AsObject();
        content.Remove("_id");
        return new NaturalKey(long.MinValue, content.ToJsonString());
    }

    /// <summary>The text decides, then the number, then the clock. Times that cannot be read become null.</summary>
    private static void SetTime(JsonObject document, TimeProvider time)
    {
        var hasText = ScriptValue.IsTruthy(document["dateString"]);
        Moment? moment = hasText ? Moment.Read(document["dateString"])
            : ScriptValue.IsTruthy(document["date"]) ? Moment.Read(document["date"])
            : Moment.Of(time.GetUtcNow());
        document["utcOffset"] = moment?.OffsetMinutes;
        document["sysTime"] = moment?.Iso;
        if (hasText)
        {
            document["dateString"] = moment?.Iso;
        }
    }
}
