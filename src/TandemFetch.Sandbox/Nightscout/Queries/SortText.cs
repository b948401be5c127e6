namespace TandemFetch.Sandbox.Nightscout.Queries;

/// <summary>A text in the order of its characters' codes.</summary>
internal readonly record struct SortText(string? Text) : IComparable<SortText>
{
    public int CompareTo(SortText other) => string.CompareOrdinal(Text, other.Text);
}
