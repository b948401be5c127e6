namespace TandemFetch.Records;

/// <summary>The boluses of one kind and source.</summary>
/// <param name="Kind">As in <c>Bolus.Kind</c>; null when no entry tells.</param>
/// <param name="Source">As in <c>Bolus.Source</c>; null when no entry tells.</param>
/// <param name="Boluses">How many a day.</param>
/// <param name="Units">Insulin, units a day.</param>
public sealed record BolusShare(string? Kind, string? Source, double Boluses, decimal Units)
{
    /// <summary>All in one line.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Kind ?? "?"} by {Source ?? "?"}: {Boluses:0.#}, {Units:0.00} U");
}
