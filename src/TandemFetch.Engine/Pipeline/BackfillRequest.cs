using TandemFetch.Records;

namespace TandemFetch.Engine.Pipeline;

/// <summary>What a backfill is to do.</summary>
public sealed record BackfillRequest
{
    /// <summary>The stages to run; they run in the order of the flow, whatever their order here.</summary>
    public IReadOnlyCollection<PipelineStage> Stages { get; init; } = Enum.GetValues<PipelineStage>();

    /// <summary>Fetch nothing before this; null for all that the server has.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Fetch nothing after this; null for all that the server has.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only pumps with these serial numbers; empty for all.</summary>
    public IReadOnlyCollection<string> PumpSerials { get; init; } = [];

    /// <summary>Do the stages from their input again, as if nothing had been done.</summary>
    public bool Rebuild { get; init; }

    /// <summary>
    /// Name of the time zone of pumps that are new to the file; null where nobody has said. Pumps that the file knows
    /// keep theirs.
    /// </summary>
    public string? TimeZone { get; init; }

    /// <summary>Name of the time zone that the pumps are put into by hand; null leaves each in its own.</summary>
    public string? NewTimeZone { get; init; }
}
