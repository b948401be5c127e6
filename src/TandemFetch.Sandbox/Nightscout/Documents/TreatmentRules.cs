using System.Text.Json;
using System.Text.Json.Nodes;

namespace TandemFetch.Sandbox.Nightscout.Documents;

/// <summary>
/// Treatments. The identifier decides whether two are the same, else the <c>_id</c>, else time and eventType. The
/// second replaces the first as a whole.
/// </summary>
internal sealed class TreatmentRules : CollectionRules
{
    private static readonly string[] DeletedIfZero =
        ["targetTop", "targetBottom", "carbs", "insulin", "percent", "relative", "preBolus"];

    public override string Name => "treatments";

    public override string DateField => "created_at";

    public override int LargestBody => 50 * 1024 * 1024;

    public override bool HasPut => true;

    public override IReadOnlySet<string> WholeNumberFields { get; } =
        new HashSet<string> { "insulin", "carbs", "glucose" };

    public override IReadOnlySet<string> PatternFields { get; } =
        new HashSet<string> { "notes", "eventType", "enteredBy" };

    public override int DefaultCount(bool hasConditions) => hasConditions ? 1000 : 100;

    public override IEnumerable<JsonObject> Post(JsonObject document, DocumentStore store)
    {
        var later = Prepare(document, store.Time);
        Store(document, store);
        yield return document;
        if (later is not null)
        {
            StoreByKey(later, store);
            yield return later;
        }
    }

    public override JsonObject Put(JsonObject document, DocumentStore store)
    {
        Prepare(document, store.Time);
        Store(document, store);
        return document;
    }

    public override NaturalKey? KeyOf(JsonObject document) => TimeAndEventType(document);

    private static NaturalKey TimeAndEventType(JsonObject document) => new(
        Moment.Read(document["created_at"])!.Value.Milliseconds,
        document["eventType"]?.ToString() ?? string.Empty);

    private static void Store(JsonObject document, DocumentStore store)
    {
        if (ScriptValue.IsTruthy(document["identifier"]))
        {
            StoreByIdentifier(document, store);
        }
        else if (ScriptValue.TextOf(document["_id"]) is { } id)
        {
            StoreById(document, id, store);
        }
        else
        {
            document.Remove("_id");
            StoreByKey(document, store);
        }
    }

    private static void StoreByIdentifier(JsonObject document, DocumentStore store)
    {
        document.Remove("_id");
        var identifier = ScriptValue.TextOf(document["identifier"]) ?? document["identifier"]!.ToJsonString();
        if (store.ByIdentifier(identifier) is not { } existing)
        {
            store.Insert(document);
            return;
        }

        store.Replace(existing, document);
        document["_id"] = existing.Id;
    }

    private static void StoreById(JsonObject document, string id, DocumentStore store)
    {
        if (store.ById(id) is { } existing)
        {
            store.Replace(existing, document);
        }
        else
        {
            store.Insert(document);
        }
    }

    /// <summary>On a hit, the answer has no <c>_id</c>.</summary>
    private static void StoreByKey(JsonObject document, DocumentStore store)
    {
        if (store.ByKey(TimeAndEventType(document)) is { } existing)
        {
            store.Replace(existing, document);
        }
        else
        {
            store.Insert(document);
        }
    }

    /// <summary>Returns a second treatment with the carbs if they come some minutes after the bolus.</summary>
    private static JsonObject? Prepare(JsonObject document, TimeProvider time)
    {
        MoveForeignId(document);
        var moment = (ScriptValue.IsTruthy(document["created_at"]) ? Moment.Read(document["created_at"]) : null)
            ?? Moment.Of(time.GetUtcNow());
        document["utcOffset"] = moment.OffsetMinutes;
        document["created_at"] = (Moment.Read(document["eventTime"]) ?? moment).Iso;
        document.Remove("eventTime");
        if (ScriptValue.TextOf(document["eventType"]) == "Announcement")
        {
            document["isAnnouncement"] = true;
        }

        var later = SplitPreBolus(document);
        SetNumbers(document);
        return later;
    }

    private static JsonObject? SplitPreBolus(JsonObject document)
    {
        var minutes = ScriptValue.NumberOf(document, "preBolus");
        if (double.IsNaN(minutes) || minutes == 0)
        {
            return null;
        }

        var carbs = ScriptValue.NumberOf(document, "carbs");
        document.Remove("carbs");
        var at = Moment.Read(document["created_at"])!.Value.Milliseconds + (long)(minutes * 60_000);
        var later = new JsonObject
        {
            ["created_at"] = new Moment(at, 0).Iso,
            ["eventType"] = document["eventType"]?.DeepClone(),
            ["carbs"] = double.IsNaN(carbs) || carbs == 0 ? string.Empty : carbs,
        };
        if (ScriptValue.IsTruthy(document["notes"]))
        {
            later["notes"] = document["notes"]!.DeepClone();
        }

        return later;
    }

    /// <summary>Texts become numbers. What is no number is deleted; so is 0, except of absolute and duration.</summary>
    private static void SetNumbers(JsonObject document)
    {
        foreach (var name in DeletedIfZero)
        {
            SetNumber(document, name, keepsZero: false);
        }

        SetNumber(document, "absolute", keepsZero: true);
        SetNumber(document, "duration", keepsZero: true);
        SetNumber(document, "glucose", keepsZero: false);
        if (!document.ContainsKey("glucose"))
        {
            document.Remove("glucoseType");
            document.Remove("units");
        }

        if (!ScriptValue.IsTruthy(document["notes"]))
        {
            document.Remove("notes");
        }
    }

    private static void SetNumber(JsonObject document, string name, bool keepsZero)
    {
        var number = ScriptValue.NumberOf(document, name);
        if (double.IsNaN(number) || (number == 0 && !keepsZero))
        {
            document.Remove(name);
        }
        else if (document[name]?.GetValueKind() != JsonValueKind.Number)
        {
            document[name] = number;
        }
    }
}
