namespace TandemFetch.Sandbox.Pump;

/// <summary>A bolus while it is being given.</summary>
internal sealed class RunningBolus
{
    public required int Id { get; init; }

    public required BolusKind Kind { get; init; }

    public required int TypeBits { get; init; }

    public required int Source { get; init; }

    public required int RemoteId { get; init; }

    public required int Carbs { get; init; }

    public required int Now { get; init; }

    public required int Later { get; init; }

    public required int Correction { get; init; }

    public required int ExtendedMinutes { get; init; }

    public required bool Logged { get; init; }

    public required int TruthIndex { get; init; }

    public long NowStarted { get; set; }

    public long LaterStarted { get; set; }

    public int GivenNow { get; set; }

    public int GivenLater { get; set; }

    public int InjectedLater { get; set; }

    public BolusPart Part { get; set; }
}
