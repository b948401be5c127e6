namespace TandemFetch.Engine.Pipeline;

/// <summary>Days of pump wall clock.</summary>
internal sealed class DaySet
{
    /// <summary>The pump counts days from 2008; earlier ones are placeholders of the account.</summary>
    public static readonly DateOnly Earliest = new(2007, 12, 31);

    // Later days are placeholders, too.
    private static readonly DateOnly Latest = new(2199, 12, 31);

    private readonly SortedSet<int> _days = [];

    /// <summary>How many days.</summary>
    public int Count => _days.Count;

    /// <summary>The days, oldest first.</summary>
    public IEnumerable<DateOnly> Days => _days.Select(DateOnly.FromDayNumber);

    /// <summary>Whether a day is among them.</summary>
    public bool Contains(DateOnly day) => _days.Contains(day.DayNumber);

    /// <summary>Adds a day.</summary>
    public void Add(DateOnly day)
    {
        if (day >= Earliest && day <= Latest)
        {
            _days.Add(day.DayNumber);
        }
    }

    /// <summary>Adds all days from one to another, both included.</summary>
    public void Add(DateOnly first, DateOnly last)
    {
        last = last < Latest ? last : Latest;
        for (var day = first > Earliest ? first : Earliest; day <= last; day = day.AddDays(1))
        {
            _days.Add(day.DayNumber);
        }
    }

    /// <summary>Removes a day.</summary>
    public void Remove(DateOnly day) => _days.Remove(day.DayNumber);

    /// <summary>The days as ranges, oldest first.</summary>
    /// <param name="bridge">How many days may lie between two days of a range; they become part of it.</param>
    public IReadOnlyList<DayRange> Ranges(int bridge = 0)
    {
        var ranges = new List<DayRange>();
        foreach (var day in Days)
        {
            if (ranges.Count > 0 && day.DayNumber - ranges[^1].Last.DayNumber <= bridge + 1)
            {
                ranges[^1] = ranges[^1] with { Last = day };
            }
            else
            {
                ranges.Add(new DayRange(day, day));
            }
        }

        return ranges;
    }
}
