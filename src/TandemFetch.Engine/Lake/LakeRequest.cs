namespace TandemFetch.Engine.Lake;

/// <summary>What is published, and how.</summary>
/// <param name="Lake">The lake.</param>
public sealed record LakeRequest(LakeFolder Lake)
{
    /// <summary>Serial numbers of the pumps; empty for all.</summary>
    public IReadOnlyCollection<string> PumpSerials { get; init; } = [];

    /// <summary>Replaces serial numbers and keys; null to publish them as they are.</summary>
    public Pseudonyms? Pseudonyms { get; init; }

    /// <summary>Whether dates are shifted, which needs <see cref="Pseudonyms"/>.</summary>
    public bool ShiftsDates { get; init; }

    /// <summary>Whether a pump is published although the lake has newer or more entries of it.</summary>
    public bool Force { get; init; }

    /// <summary>How long to wait for another process that publishes the same pump.</summary>
    public TimeSpan LockTimeout { get; init; }
}
