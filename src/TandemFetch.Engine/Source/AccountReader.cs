using System.Globalization;
using System.Text.Json;

namespace TandemFetch.Engine.Source;

/// <summary>
/// Reads the <c>pumper</c> response: the pumps, and nothing about the person. A field of the wrong type counts as
/// missing; a pump without an assignment id that can be sent cannot be requested, and is omitted with a warning. A pump
/// that is listed twice counts once.
/// </summary>
internal static class AccountReader
{
    public static SourceAccount Read(ReadOnlyMemory<byte> json, TandemRegion region, IRunObserver observer)
    {
        using var document = JsonDocument.Parse(json);
        var pumps = new List<SourcePump>();
        if (document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("pumps", out var list)
            && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in list.EnumerateArray())
            {
                if (ReadPump(element) is not { } pump)
                {
                    observer.Warning("The account lists a pump without a usable assignment id; its log cannot be requested.");
                }
                else if (pumps.FindIndex(other => other.AssignmentId == pump.AssignmentId) is var index and >= 0)
                {
                    pumps[index] = Combine(pumps[index], pump);
                }
                else
                {
                    pumps.Add(pump);
                }
            }
        }

        return new SourceAccount(region, pumps);
    }

    private static SourcePump? ReadPump(JsonElement pump)
    {
        if (pump.ValueKind != JsonValueKind.Object
            || JsonText.Of(pump, "assignmentId") is not { } assignmentId
            || !SourceEndpoints.IsId(assignmentId))
        {
            return null;
        }

        var range = Object(pump, "availableDataRange");
        var settings = Object(pump, "settings");
        return new SourcePump(
            assignmentId,
            JsonText.Of(pump, "serialNumber"),
            JsonText.Of(pump, "modelName"),
            JsonText.Of(pump, "softwareVersion"),
            JsonText.Of(pump, "algorithm"),
            WallClock(range, "start"),
            Later(WallClock(range, "end"), WallClock(pump, "maxDateOfEvents")),
            TrueTime(pump, "lastUploadDate"),
            settings is { } found ? JsonText.Of(found, "settingsHash") : null,
            settings?.GetRawText());
    }

    /// <summary>What two descriptions of a pump say together: the log may reach as far as either says.</summary>
    private static SourcePump Combine(SourcePump one, SourcePump other) => one with
    {
        SerialNumber = one.SerialNumber ?? other.SerialNumber,
        ModelName = one.ModelName ?? other.ModelName,
        SoftwareVersion = one.SoftwareVersion ?? other.SoftwareVersion,
        Algorithm = one.Algorithm ?? other.Algorithm,
        FirstEvent = one.FirstEvent < other.FirstEvent ? one.FirstEvent : other.FirstEvent ?? one.FirstEvent,
        LastEvent = Later(one.LastEvent, other.LastEvent),
        LastUpload = one.LastUpload > other.LastUpload ? one.LastUpload : other.LastUpload ?? one.LastUpload,
        SettingsHash = one.SettingsJson is null ? other.SettingsHash : one.SettingsHash,
        SettingsJson = one.SettingsJson ?? other.SettingsJson,
    };

    private static JsonElement? Object(JsonElement parent, string key) =>
        parent.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    // This is the pump's own clock: whatever zone is written after it, only the digits matter.
    private static DateTime? WallClock(JsonElement? parent, string key) => Time(parent, key)?.DateTime;

    private static DateTimeOffset? TrueTime(JsonElement parent, string key) => Time(parent, key)?.ToUniversalTime();

    private static DateTimeOffset? Time(JsonElement? parent, string key) =>
        parent is { } element
        && DateTimeOffset.TryParse(
            JsonText.Of(element, key),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time)
            ? time
            : null;

    private static DateTime? Later(DateTime? one, DateTime? other) =>
        one is null || other > one ? other : one;
}
