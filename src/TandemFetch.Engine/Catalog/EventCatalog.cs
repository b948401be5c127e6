using System.Collections.Concurrent;
using System.Text.Json;

namespace TandemFetch.Engine.Catalog;

/// <summary>
/// The catalogue of log entries: names, properties, units, scales and labels, read once from <c>pump-events.json</c> in
/// this folder.
/// </summary>
public sealed class EventCatalog
{
    private static readonly Lazy<EventCatalog> Shared = new(Load);

    private readonly Dictionary<int, EventDefinition> _known;
    private readonly ConcurrentDictionary<int, EventDefinition> _unknown = new();

    private EventCatalog(IEnumerable<EventDefinition> events) => _known = events.ToDictionary(known => known.Code);

    /// <summary>The catalogue that comes with this version.</summary>
    public static EventCatalog Default => Shared.Value;

    /// <summary>All known kinds of entries, by code.</summary>
    public IEnumerable<EventDefinition> Events => _known.Values.OrderBy(known => known.Code);

    /// <summary>All known codes, for a server that insists on a list of codes to send.</summary>
    public IReadOnlyList<int> Codes => [.. Events.Select(known => known.Code)];

    /// <summary>
    /// The definition of a code; an unknown code gets a definition without properties, named <c>UNKNOWN_</c> and the
    /// code.
    /// </summary>
    /// <param name="code">Any code, including those that the catalogue does not contain.</param>
    public EventDefinition Find(int code) =>
        _known.TryGetValue(code, out var known)
            ? known
            : _unknown.GetOrAdd(code, static unknown => new EventDefinition(unknown, null, null, []));

    private static EventCatalog Load()
    {
        using var stream = typeof(EventCatalog).Assembly
            .GetManifestResourceStream("TandemFetch.Engine.Catalog.pump-events.json")!;
        using var document = JsonDocument.Parse(stream);
        var labelSets = document.RootElement.GetProperty("labelSets").EnumerateObject()
            .ToDictionary(set => set.Name, set => Labels(set.Value));
        return new EventCatalog(document.RootElement.GetProperty("events").EnumerateArray()
            .Select(entry => Event(entry, labelSets)));
    }

    private static EventDefinition Event(JsonElement entry, Dictionary<string, IReadOnlyDictionary<int, string>> labelSets) =>
        new(
            entry.GetProperty("code").GetInt32(),
            Text(entry, "name"),
            Text(entry, "title"),
            entry.TryGetProperty("properties", out var properties)
                ? [.. properties.EnumerateObject().Select(property => Property(property, labelSets))]
                : []);

    private static PropertyDefinition Property(
        JsonProperty property,
        Dictionary<string, IReadOnlyDictionary<int, string>> labelSets)
    {
        var value = property.Value;
        return new PropertyDefinition(
            property.Name,
            value.GetProperty("stored").GetString()!,
            Text(value, "unit"),
            value.TryGetProperty("scale", out var scale) ? (int)Math.Round(-Math.Log10(scale.GetDouble())) : 0,
            LabelsOf(value, "codes", labelSets),
            LabelsOf(value, "bits", labelSets),
            value.TryGetProperty("none", out var none) ? [.. none.EnumerateArray().Select(item => item.GetInt64())] : []);
    }

    private static IReadOnlyDictionary<int, string>? LabelsOf(
        JsonElement property,
        string key,
        Dictionary<string, IReadOnlyDictionary<int, string>> labelSets) =>
        !property.TryGetProperty(key, out var labels) ? null
            : labels.ValueKind == JsonValueKind.String ? labelSets[labels.GetString()!]
            : Labels(labels);

    private static IReadOnlyDictionary<int, string> Labels(JsonElement labels) =>
        labels.EnumerateObject().ToDictionary(
            label => int.Parse(label.Name, System.Globalization.CultureInfo.InvariantCulture),
            label => label.Value.GetString()!);

    private static string? Text(JsonElement element, string key) =>
        element.TryGetProperty(key, out var text) ? text.GetString() : null;
}
