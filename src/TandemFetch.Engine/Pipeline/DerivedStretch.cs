namespace TandemFetch.Engine.Pipeline;

/// <summary>Places of the log that are derived at once, and what of them is to be derived for which table.</summary>
/// <param name="First">The first place.</param>
/// <param name="Last">The last place.</param>
/// <param name="Marks">The marked ranges in it.</param>
internal sealed record DerivedStretch(long First, long Last, IReadOnlyList<DerivedStretch.Mark> Marks)
{
    /// <summary>A stretch without a place.</summary>
    public static (long First, long Last) Empty => (0, -1);

    /// <summary>The part that is to be derived for a table; null where nothing is.</summary>
    public (long First, long Last)? PartOf(string table)
    {
        var marks = Marks.Where(mark => mark.TableName is null || mark.TableName == table).ToList();
        return marks.Count == 0 ? null : (marks.Min(mark => mark.FirstPosition), marks.Max(mark => mark.LastPosition));
    }

    /// <summary>A range that is marked as underived.</summary>
    /// <param name="FirstPosition">Its first place.</param>
    /// <param name="LastPosition">Its last place.</param>
    /// <param name="TableName">The table that is to be derived again there; null for all.</param>
    internal sealed record Mark(long FirstPosition, long LastPosition, string? TableName);
}
