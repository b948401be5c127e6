namespace TandemFetch.Engine.Lake;

/// <summary>What all pumps of a lake have in common: <c>lake.json</c>, which is written once.</summary>
/// <param name="Format">The version of the layout.</param>
/// <param name="PseudonymCheck">
/// A text by which the key of the pseudonyms is recognized; null if the lake has no pseudonyms.
/// </param>
/// <param name="ShiftsDates">Whether the dates of each pump are shifted.</param>
internal sealed record LakeDescription(int Format, string? PseudonymCheck, bool ShiftsDates)
{
    /// <summary>The layout that this version reads and writes.</summary>
    public const int CurrentFormat = 1;
}
