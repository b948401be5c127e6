namespace TandemFetch.Sandbox.Pump;

/// <summary>What a synthetic pump is created from. The same options give the same log.</summary>
public sealed record SyntheticPumpOptions
{
    /// <summary>Determines everything that is not specified here.</summary>
    public required ulong Seed { get; init; }

    /// <summary>True time of the first entry.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>True time of the initial end of the log; <see cref="SyntheticPump.AdvanceTo"/> extends it.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>The owner's home zone.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>How the owner treats the clock.</summary>
    public ClockHabits Clock { get; init; } = new();

    /// <summary>The sensor; drawn when null, a G7 two times in three.</summary>
    public SensorKind? Sensor { get; init; }

    /// <summary>
    /// The algorithm; drawn when null, never <see cref="ControlAlgorithm.SyncDose"/>. Basal-IQ implies a G6.
    /// </summary>
    public ControlAlgorithm? Algorithm { get; init; }

    /// <summary>About sixty entries a day instead of a thousand, still of every kind.</summary>
    public bool Sparse { get; init; }

    /// <summary>What it writes besides the plain log.</summary>
    public LogTraits Traits { get; init; } = LogTraits.All;

    /// <summary>The id of the pump's assignment; drawn from the seed when null.</summary>
    public string? AssignmentId { get; init; }
}
