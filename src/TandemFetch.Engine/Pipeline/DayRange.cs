namespace TandemFetch.Engine.Pipeline;

/// <summary>Whole days of pump wall clock, both ends included.</summary>
/// <param name="First">First day.</param>
/// <param name="Last">Last day.</param>
public sealed record DayRange(DateOnly First, DateOnly Last)
{
    /// <summary>How many days.</summary>
    public int Days => Last.DayNumber - First.DayNumber + 1;

    /// <summary>The first <paramref name="days"/> days.</summary>
    public DayRange Head(int days) => this with { Last = Days <= days ? Last : First.AddDays(days - 1) };

    /// <summary>The last <paramref name="days"/> days.</summary>
    public DayRange Tail(int days) => this with { First = Days <= days ? First : Last.AddDays(1 - days) };

    /// <inheritdoc/>
    public override string ToString() => $"{First:o} to {Last:o}";
}
