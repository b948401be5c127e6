namespace TandemFetch.Engine.Pipeline;

/// <summary>Log positions that are derived at once, and what must be derived for which table.</summary>
/// <param name="First">The first position.</param>
/// <param name="Last">The last position.</param>
/// <param name="Marks">The marked ranges in it.</param>
internal sealed record DerivedStretch(long First, long Last, IReadOnlyList<DerivedStretch.Mark> Marks)
{
    /// <summary>An empty range.</summary>
    public static (long First, long Last) Empty => (0, -1);

    /// <summary>The part that must be derived for a table; null if nothing must.</summary>
    public (long First, long Last)? PartOf(string table) =>
        Around(Marks.Where(mark => mark.TableName is null || mark.TableName == table));

    /// <summary>The part that must be derived for this table in particular; null if nothing must.</summary>
    public (long First, long Last)? PartOfAlone(string table) => Around(Marks.Where(mark => mark.TableName == table));

    private static (long First, long Last)? Around(IEnumerable<Mark> marks)
    {
        var all = marks.ToList();
        return all.Count == 0 ? null : (all.Min(mark => mark.FirstPosition), all.Max(mark => mark.LastPosition));
    }

    /// <summary>A range that is marked as underived.</summary>
    /// <param name="FirstPosition">Its first position.</param>
    /// <param name="LastPosition">Its last position.</param>
    /// <param name="TableName">The table that must be derived again; null for all.</param>
    internal sealed record Mark(long FirstPosition, long LastPosition, string? TableName);
}
