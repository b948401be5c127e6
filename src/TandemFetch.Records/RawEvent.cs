using System.Globalization;
using System.Text.Json.Nodes;

namespace TandemFetch.Records;

/// <summary>A log entry exactly as received.</summary>
public sealed record RawEvent
{
    /// <summary>Increases in the order of arrival; the same number identifies the entry in the other tables.</summary>
    public long Id { get; init; }

    /// <summary>When it was stored, UTC.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>The pump's serial number; null if the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>The pump's key in Tandem Source.</summary>
    public string DeviceAssignmentId { get; init; } = "";

    /// <summary>Part of the entry's identity.</summary>
    public long SequenceGroup { get; init; }

    /// <summary>Rises in the order in which the pump logged.</summary>
    public long SequenceNumber { get; init; }

    /// <summary>0 for what came first; the same entry received with other content counts on.</summary>
    public int Revision { get; init; }

    /// <summary>The kind of entry.</summary>
    public int EventCode { get; init; }

    /// <summary>The pump's own wall clock, of unspecified kind, because the pump does not record a zone.</summary>
    public DateTime PumpTime { get; init; }

    /// <summary>The entry's <c>eventProperties</c>, JSON as received; null if it had none.</summary>
    public string? RawEventData { get; init; }

    /// <summary>
    /// Its other members as received, if they cannot be restored from the properties above; otherwise null.
    /// </summary>
    public string? Envelope { get; init; }

    /// <summary>The entry as it was received, as JSON.</summary>
    public string ToJson()
    {
        var entry = Envelope is null ? StandardEnvelope() : JsonNode.Parse(Envelope)!.AsObject();
        if (RawEventData is not null)
        {
            entry["eventProperties"] = JsonNode.Parse(RawEventData);
        }

        return entry.ToJsonString();
    }

    private JsonObject StandardEnvelope()
    {
        var clock = PumpTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["deviceAssignmentId"] = DeviceAssignmentId,
            ["eventCode"] = EventCode,
            ["sequenceGroup"] = SequenceGroup,
            ["sequenceNumber"] = SequenceNumber,
            ["pumpDateTime"] = clock,
            ["eventProperties"] = null,
            ["estimatedDateTime"] = clock + "Z",
        };
    }
}
