using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout;

/// <summary>What an upload is about. What it leaves out stays on the site as it is.</summary>
public sealed record NightscoutRequest
{
    /// <summary>
    /// From when on documents are sent, changed and deleted; null for all. A document that moved to a later time than
    /// this moves; a reading that moved to an earlier one is deleted, and sent by a run that includes it.
    /// </summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The content; empty for all.</summary>
    public IReadOnlyList<NightscoutContent> Content { get; init; } = [];

    /// <summary>Serial numbers of the pumps; empty for all.</summary>
    public IReadOnlyList<string> PumpSerials { get; init; } = [];

    /// <summary>Whether documents of another uploader are deleted and replaced by ours.</summary>
    public bool Replace { get; init; }
}
