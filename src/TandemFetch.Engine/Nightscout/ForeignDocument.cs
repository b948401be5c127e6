using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using TandemFetch.Engine.Nightscout.Documents;
using TandemFetch.Engine.Source;

namespace TandemFetch.Engine.Nightscout;

/// <summary>A document of the site that another uploader or a person has written.</summary>
/// <param name="Id">The id by which it can be deleted.</param>
/// <param name="TimeMs">Its time, milliseconds since 1970 UTC.</param>
/// <param name="EventType">The event type of a treatment.</param>
/// <param name="EventNumbers">
/// The sequence numbers of the pump's entries from which it was made, as tconnectsync writes them.
/// </param>
internal sealed partial record ForeignDocument(
    string Id, long TimeMs, string EventType, IReadOnlyList<long> EventNumbers)
{
    private const string OwnIdentifier = "tandemfetch-";

    /// <summary>Reads a document; returns null if it is one of ours, or has no time or no id.</summary>
    public static ForeignDocument? Read(JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object || IsOurs(document) || TimeOf(document) is not { } time)
        {
            return null;
        }

        return JsonText.Of(document, "_id") is { Length: > 0 } id
            ? new ForeignDocument(id, time, JsonText.Of(document, "eventType") ?? "", NumbersOf(document))
            : null;
    }

    private static bool IsOurs(JsonElement document) =>
        Begins(document, "enteredBy", DocumentWriter.DevicePrefix)
        || Begins(document, "device", DocumentWriter.DevicePrefix)
        || Begins(document, "identifier", OwnIdentifier);

    private static bool Begins(JsonElement document, string name, string with) =>
        JsonText.Of(document, name)?.StartsWith(with, StringComparison.Ordinal) == true;

    private static long? TimeOf(JsonElement document)
    {
        if (document.TryGetProperty("date", out var date)
            && date.ValueKind == JsonValueKind.Number
            && date.TryGetDouble(out var milliseconds)
            && Math.Abs(milliseconds) < 1e15)
        {
            return (long)milliseconds;
        }

        var text = JsonText.Of(document, "created_at") ?? JsonText.Of(document, "dateString");
        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : null;
    }

    private static List<long> NumbersOf(JsonElement document) =>
    [
        .. Digits().Matches(JsonText.Of(document, "pump_event_id") ?? "")
            .Select(match => long.TryParse(match.Value, CultureInfo.InvariantCulture, out var number) ? number : -1)
            .Where(number => number >= 0),
    ];

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
