using System.Globalization;
using System.Text.Json.Nodes;

namespace TandemFetch.Sandbox.Nightscout;

/// <summary>
/// Documents as tconnectsync 3.0.0 writes them, which people used before: without identifiers, all boluses under one
/// kind, values of meters as texts. The sequence numbers are those of entries in the pump's log.
/// </summary>
public static class TconnectSyncDocuments
{
    /// <summary>Who it says has entered a treatment.</summary>
    public const string EnteredBy = "Pump (tconnectsync)";

    /// <summary>A basal rate.</summary>
    /// <param name="at">When it begins.</param>
    /// <param name="rate">Units per hour.</param>
    /// <param name="minutes">How long it lasts.</param>
    /// <param name="sequenceNumber">The sequence number.</param>
    /// <param name="reason">What decided the rate.</param>
    public static JsonObject TempBasal(
        DateTimeOffset at, double rate, double minutes, long sequenceNumber, string reason = "Algorithm")
    {
        var treatment = Treatment("Temp Basal", at, reason, sequenceNumber);
        treatment.Remove("notes");
        treatment["absolute"] = rate;
        treatment["rate"] = rate;
        treatment["duration"] = minutes;
        treatment["carbs"] = null;
        treatment["insulin"] = null;
        return treatment;
    }

    /// <summary>A bolus of any kind, at the time of its completion.</summary>
    /// <param name="at">When it was complete.</param>
    /// <param name="insulin">Units.</param>
    /// <param name="sequenceNumber">The sequence number.</param>
    /// <param name="carbs">Grams.</param>
    /// <param name="glucose">The meter's value, mg/dL.</param>
    public static JsonObject Bolus(
        DateTimeOffset at, double insulin, long sequenceNumber, int carbs = 0, int? glucose = null)
    {
        var treatment = Treatment("Combo Bolus", at, string.Empty, sequenceNumber);
        treatment.Remove("reason");
        treatment["insulin"] = insulin;
        treatment["carbs"] = carbs;
        if (glucose is { } value)
        {
            treatment["glucose"] = value.ToString(CultureInfo.InvariantCulture);
        }

        return treatment;
    }

    /// <summary>
    /// A treatment without an amount: <c>Site Change</c> (for cartridge, tubing and cannula, which only the text tells
    /// apart), <c>Basal Suspension</c>, <c>Basal Resume</c>, <c>Alarm</c>, <c>CGM Alert</c>, <c>Sensor Start</c>.
    /// </summary>
    /// <param name="eventType">The kind.</param>
    /// <param name="at">When it happened or began.</param>
    /// <param name="text">Reason and notes.</param>
    /// <param name="sequenceNumber">The sequence number.</param>
    public static JsonObject Treatment(string eventType, DateTimeOffset at, string text, long sequenceNumber) => new()
    {
        ["eventType"] = eventType,
        ["created_at"] = Iso(at),
        ["reason"] = text,
        ["notes"] = text,
        ["enteredBy"] = EnteredBy,
        ["pump_event_id"] = Text(sequenceNumber),
    };

    /// <summary>Sleep or exercise with its length.</summary>
    /// <param name="eventType"><c>Sleep</c> or <c>Exercise</c>.</param>
    /// <param name="at">When it began.</param>
    /// <param name="minutes">How long it lasted.</param>
    /// <param name="sequenceNumber">The sequence number.</param>
    public static JsonObject Activity(string eventType, DateTimeOffset at, double minutes, long sequenceNumber)
    {
        var treatment = Treatment(eventType, at, eventType, sequenceNumber);
        treatment["duration"] = minutes;
        return treatment;
    }

    /// <summary>A glucose reading, without a direction.</summary>
    /// <param name="at">When it was measured.</param>
    /// <param name="mgPerDl">The value; 39 and 401 for low and high.</param>
    /// <param name="sequenceNumber">The sequence number.</param>
    public static JsonObject Entry(DateTimeOffset at, int mgPerDl, long sequenceNumber) => new()
    {
        ["type"] = "sgv",
        ["sgv"] = mgPerDl,
        ["date"] = at.ToUnixTimeMilliseconds(),
        ["dateString"] = Iso(at).Remove(Iso(at).LastIndexOf(':'), 1),
        ["device"] = EnteredBy,
        ["pump_event_id"] = Text(sequenceNumber),
    };

    /// <summary>The state of the battery.</summary>
    /// <param name="at">When it was measured.</param>
    /// <param name="percent">The charge.</param>
    /// <param name="volts">The voltage.</param>
    /// <param name="sequenceNumber">The sequence number.</param>
    public static JsonObject DeviceStatus(DateTimeOffset at, int percent, double volts, long sequenceNumber) => new()
    {
        ["device"] = EnteredBy,
        ["created_at"] = Iso(at),
        ["pump"] = new JsonObject
        {
            ["clock"] = Iso(at),
            ["battery"] = new JsonObject { ["voltage"] = volts, ["percent"] = percent, ["status"] = $"{percent}%" },
        },
        ["pump_event_id"] = Text(sequenceNumber),
    };

    private static string Iso(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
