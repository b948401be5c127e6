namespace TandemFetch.Sandbox.Pump;

/// <summary>The true outcome of one bolus.</summary>
/// <param name="BolusId">The pump's 16-bit counter.</param>
/// <param name="FirstSequence">Sequence number of its first entry.</param>
/// <param name="RequestedUtc">When it was requested.</param>
/// <param name="Kind">What kind.</param>
/// <param name="Carbs">Grams entered; 0 if none.</param>
/// <param name="RequestedMilliunits">Asked for, both parts.</param>
/// <param name="DeliveredMilliunits">Given, both parts; null while it runs.</param>
/// <param name="CompletionStatus">3 is completed; null while it runs.</param>
/// <param name="EndedUtc">When it ended; null while it runs.</param>
public sealed record BolusTruth(
    int BolusId,
    long FirstSequence,
    DateTimeOffset RequestedUtc,
    BolusKind Kind,
    int Carbs,
    int RequestedMilliunits,
    int? DeliveredMilliunits,
    int? CompletionStatus,
    DateTimeOffset? EndedUtc);
