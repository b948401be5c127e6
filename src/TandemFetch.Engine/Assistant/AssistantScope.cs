using TandemFetch.Records;

namespace TandemFetch.Engine.Assistant;

/// <summary>The file that an assistant reads, and what of it.</summary>
/// <param name="Database">Full path of the file.</param>
public sealed record AssistantScope(string Database)
{
    /// <summary>Parts that are otherwise hidden.</summary>
    public IReadOnlyCollection<AssistantPart> Include { get; init; } = [];

    /// <summary>Nothing earlier is visible; null for no limit.</summary>
    public DateTimeOffset? Since { get; init; }
}
