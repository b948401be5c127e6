using System.Text.Json;

namespace TandemFetch.Engine.Tests.Sandbox;

/// <summary>An entry of a synthetic log beside its true time.</summary>
internal sealed record SyntheticEntry(long Sequence, int Code, DateTime Pump, DateTimeOffset Utc, JsonElement Properties)
{
    public JsonElement this[string property] => Properties.GetProperty(property);
}
