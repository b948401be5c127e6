namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>Mean amplitude of glycemic excursions, mg/dL, in its variants; null where there is no excursion.</summary>
/// <param name="Average">Of rises and falls together.</param>
/// <param name="First">Of rises or falls, whichever came first.</param>
/// <param name="Max">Of rises or falls, whichever are greater.</param>
/// <param name="Plus">Of rises.</param>
/// <param name="Minus">Of falls.</param>
internal sealed record MageValues(double? Average, double? First, double? Max, double? Plus, double? Minus);
