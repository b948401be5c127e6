using System.Text.Json.Nodes;

namespace TandemFetch.Sandbox.Nightscout.Documents;

/// <summary>What devices report. No two reports are the same.</summary>
internal sealed class DeviceStatusRules : CollectionRules
{
    public override string Name => "devicestatus";

    public override string DateField => "created_at";

    public override bool RefusesOtherIds => true;

    public override IEnumerable<JsonObject> Post(JsonObject document, DocumentStore store)
    {
        var moment = Moment.Read(document["created_at"]) ?? Moment.Of(store.Time.GetUtcNow());
        document["created_at"] = moment.Iso;
        document["utcOffset"] = moment.OffsetMinutes;
        store.Insert(document);
        return [document];
    }
}
