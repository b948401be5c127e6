using System.Globalization;
using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout.Documents;

/// <summary>All kinds of documents.</summary>
internal static class DocumentKinds
{
    /// <summary>All kinds, in the order in which they are sent: what people look at first comes first.</summary>
    public static IReadOnlyList<DocumentKind> All { get; } =
    [
        new GlucoseKind(),
        new BolusKind(),
        new BasalKind(),
        new BgCheckKind(),
        new SiteChangeKind(),
        new SensorStartKind(),
        new SensorStopKind(),
        new UserModeKind(),
        new SuspensionKind(),
        new AlertKind(),
        new BatteryKind(),
        new ProfileKind(),
    ];

    /// <summary>The versions of all mappings.</summary>
    public static string Versions { get; } = string.Join(
        ' ', All.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Name}{kind.Version}")));

    /// <summary>The kinds of some content.</summary>
    /// <param name="content">The content; empty for all.</param>
    public static IReadOnlyList<DocumentKind> Of(IReadOnlyCollection<NightscoutContent> content) =>
        [.. All.Where(kind => content.Count == 0 || content.Contains(kind.Content))];
}
