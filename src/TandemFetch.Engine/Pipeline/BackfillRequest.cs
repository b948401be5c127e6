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

    /// <summary>IANA name of the zone that the pumps' clocks are set to; null keeps what the file says of each pump.</summary>
    public string? TimeZone { get; init; }
}
