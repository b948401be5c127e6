namespace TandemFetch.Engine.Analytics.Insulin;

/// <summary>What a bolus counts as.</summary>
/// <param name="Thousandths">Thousandths of units that were delivered.</param>
/// <param name="Kind">Its kind; null where the log does not say.</param>
/// <param name="Source">Where it was requested; null where the log does not say.</param>
/// <param name="IsAutomatic">Whether the algorithm requested it.</param>
/// <param name="IsCorrection">Whether a correction was requested.</param>
/// <param name="IsExtended">Whether it was an extended one.</param>
/// <param name="IsOverridden">Whether the suggested amount was changed.</param>
/// <param name="IsInterrupted">Whether it ended otherwise than by completion.</param>
/// <param name="IsMeal">Whether it was for carbohydrates.</param>
internal readonly record struct CountedBolus(
    int Thousandths,
    string? Kind,
    string? Source,
    bool IsAutomatic,
    bool IsCorrection,
    bool IsExtended,
    bool IsOverridden,
    bool IsInterrupted,
    bool IsMeal);
