using System.Text.Json;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Engine.Tests.Sandbox;

/// <summary>An entry of a synthetic log beside its true time.</summary>
internal sealed record SyntheticEntry(long Sequence, int Code, DateTime Pump, DateTimeOffset Utc, JsonElement Properties)
{
    public JsonElement this[string property] => Properties.GetProperty(property);

    /// <summary>A pump's whole log in the order in which it was logged.</summary>
    public static List<SyntheticEntry> All(SyntheticPump pump)
    {
        var truth = pump.TrueTimes().ToDictionary(t => t.Sequence, t => t.Utc);
        var entries = new List<SyntheticEntry>();
        foreach (var page in pump.Pages())
        {
            var answer = JsonDocument.Parse(page.Json.ToArray());
            foreach (var entry in answer.RootElement.GetProperty("events").EnumerateArray())
            {
                var sequence = entry.GetProperty("sequenceNumber").GetInt64();
                entries.Add(new SyntheticEntry(
                    sequence,
                    entry.GetProperty("eventCode").GetInt32(),
                    entry.GetProperty("pumpDateTime").GetDateTime(),
                    truth[sequence],
                    entry.GetProperty("eventProperties")));
            }
        }

        // Pages are in the order of the pump's days, which a reset or a journey disrupts.
        entries.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        return entries;
    }

    public int Number(string property) => this[property].GetInt32();
}
