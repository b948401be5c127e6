using System.Text.Json.Nodes;

namespace TandemFetch.Sandbox.Nightscout.Documents;

/// <summary>Therapy profiles. Each POST is a new one; a PUT replaces by <c>_id</c>.</summary>
internal sealed class ProfileRules : CollectionRules
{
    public override string Name => "profile";

    public override string DateField => "startDate";

    public override bool HasPut => true;

    public override bool RefusesOtherIds => true;

    public override IEnumerable<JsonObject> Post(JsonObject document, DocumentStore store)
    {
        if (!ScriptValue.IsTruthy(document["created_at"]))
        {
            document["created_at"] = Moment.Of(store.Time.GetUtcNow()).Iso;
        }

        store.Insert(document);
        return [document];
    }

    public override JsonObject Put(JsonObject document, DocumentStore store)
    {
        if (!document.ContainsKey("created_at"))
        {
            document["created_at"] = Moment.Of(store.Time.GetUtcNow()).Iso;
        }

        if (ScriptValue.TextOf(document["_id"]) is { } id && store.ById(id) is { } existing)
        {
            store.Replace(existing, document);
        }
        else
        {
            store.Insert(document);
        }

        return document;
    }
}
