using TandemFetch.Records;

namespace TandemFetch.Engine.Pipeline;

/// <summary>What a backfill should do.</summary>
public sealed record BackfillRequest
{
    /// <summary>The stages to run; they run in the order of the data flow, whatever their order here.</summary>
    public IReadOnlyCollection<PipelineStage> Stages { get; init; } = Enum.GetValues<PipelineStage>();

    /// <summary>The first moment to fetch; null for everything that the server has.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The last moment to fetch; null for everything that the server has.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only pumps with these serial numbers; empty for all.</summary>
    public IReadOnlyCollection<string> PumpSerials { get; init; } = [];

    /// <summary>Runs the stages again on all of their input, as if they had never run.</summary>
    public bool Rebuild { get; init; }

    /// <summary>
    /// Name of the time zone of pumps that are not in the file yet; null if it has not been specified. Pumps in the
    /// file keep theirs.
    /// </summary>
    public string? TimeZone { get; init; }

    /// <summary>Name of the time zone to which the pumps are set by hand; null leaves each pump in its own.</summary>
    public string? NewTimeZone { get; init; }
}
